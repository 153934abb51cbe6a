/**
 * Sequential consistency as an architecture: one array of values, every access takes effect at once and in program order
 * (Lamport, "How to Make a Multiprocessor Computer That Correctly Executes Multiprocess Programs", 1979; MODELS, SC). No
 * hardware is like this; it is what the others are compared with.
 */
@NullMarked
package dev.regardless.emulation.sc;

import org.jspecify.annotations.NullMarked;
