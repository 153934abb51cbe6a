/**
 * The designs of IOCB_CMD_POLL, side by side. Each is one class that explains its protocol, its references and its locks;
 * what they share is {@link dev.regardless.aio.poll.PollProtocol}.
 *
 * <p><b>The problem.</b> io_submit calls the file's poll method, which puts the request on a wait queue and then reports what
 * is ready. From the moment it is queued a wake may come, on any CPU, before the submitter has even seen the report. Three
 * parties - submitter, wake (inline or by a work item), cancel - must agree that exactly one event is posted, that it is not
 * posted too early for the memory that others still use, and that none is lost. A poll may also fail late: a file that offers
 * a second queue cannot be polled, but by then the first may have fired.
 *
 * <p><b>Adding a design:</b> implement {@link dev.regardless.aio.poll.AioPollDesign}, name it in
 * {@code META-INF/services/dev.regardless.aio.poll.AioPollDesign}, and give its row of expected verdicts.
 */
@NullMarked
package dev.regardless.aio.poll;

import org.jspecify.annotations.NullMarked;
