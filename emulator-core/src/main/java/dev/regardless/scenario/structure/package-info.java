/** Scenarios about lock-free structures: items are filled plainly, published, and taken out by exactly one thread. */
@NullMarked
package dev.regardless.scenario.structure;

import org.jspecify.annotations.NullMarked;
