/**
 * What is written about a test's outcomes: herd's log format, read and written, and the comparison of logs.
 *
 * <p>{@link dev.regardless.litmus.report.LogEntry} is one test's part of a log, whether computed here or read from a
 * file; {@link dev.regardless.litmus.report.HerdLog} writes and reads it so that herd's own tools (mcompare7) can read
 * ours and {@link dev.regardless.litmus.report.LogComparison} can compare with herd's.
 */
@NullMarked
package dev.regardless.litmus.report;

import org.jspecify.annotations.NullMarked;
