/**
 * What {@code check} and {@code list} print: tables, timelines, graphs, JSON.
 */
@NullMarked
package dev.regardless.cli.check;

import org.jspecify.annotations.NullMarked;
