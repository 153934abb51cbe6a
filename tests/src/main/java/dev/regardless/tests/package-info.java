/**
 * Tests and benchmarks that span modules.
 */
@NullMarked
package dev.regardless.tests;

import org.jspecify.annotations.NullMarked;
