/**
 * The engines that find all outcomes of a test, behind one interface, so that they can be compared.
 */
@NullMarked
package dev.regardless.litmus.engine;

import org.jspecify.annotations.NullMarked;
