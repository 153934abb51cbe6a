/** Scenarios about kernel protocols below aio: registering and waking, the last reference, RCU. */
@NullMarked
package dev.regardless.scenario.kernel;

import org.jspecify.annotations.NullMarked;
