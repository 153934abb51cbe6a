/**
 * Files, file operations and poll tables: how drivers and their users meet.
 */
@NullMarked
package dev.regardless.vfs;

import org.jspecify.annotations.NullMarked;
