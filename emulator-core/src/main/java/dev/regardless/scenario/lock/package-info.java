/** Scenarios about locks: each states exclusion by plain accesses that only the lock keeps in order. */
@NullMarked
package dev.regardless.scenario.lock;

import org.jspecify.annotations.NullMarked;
