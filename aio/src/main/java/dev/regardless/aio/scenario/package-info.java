/**
 * Small programs around aio polls for the checking engine, one for each known race, parameterised by the poll design. They
 * use drivers of one or two wait queues made for the purpose, and contexts made at set-up.
 */
@NullMarked
package dev.regardless.aio.scenario;

import org.jspecify.annotations.NullMarked;
