/**
 * Linux asynchronous I/O: contexts, requests, the completion ring and the system calls.
 */
@NullMarked
package dev.regardless.aio;

import org.jspecify.annotations.NullMarked;
