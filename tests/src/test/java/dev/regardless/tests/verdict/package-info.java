/**
 * The verdict on the designs of aio poll: the matrix is what the data files expect, and every line of the protocols is there
 * for a reason.
 */
@NullMarked
package dev.regardless.tests.verdict;

import org.jspecify.annotations.NullMarked;
