/** Litmus tests end to end: the project's own corpus, the reference corpus, and damaged files. */
@NullMarked
package dev.regardless.tests.litmus;

import org.jspecify.annotations.NullMarked;
