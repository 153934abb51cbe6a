/**
 * The aio subsystem with real drivers on every architecture: errors in the kernel's order, exact accounts, known races.
 */
@NullMarked
package dev.regardless.tests.aio;

import org.jspecify.annotations.NullMarked;
