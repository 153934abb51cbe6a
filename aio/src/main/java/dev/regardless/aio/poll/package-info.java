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
 * <p><b>The known races.</b> AIO facts number them B1 to B27 (numbers left out are not used). Rows are those of {@code
 * check aio-poll}, whose data are in {@code matrices/aio-poll.conf}: a row's scenario is {@code aio-poll-} and its name
 * unless the data says otherwise. Mutants are those of {@code mutants.txt} in the tests.
 *
 * <table>
 * <caption>Where each race is</caption>
 * <tr><th>fact</th><th>where</th></tr>
 * <tr><td>B1</td><td>close-under-poll; client</td></tr>
 * <tr><td>B2</td><td>early-event; mutants one-reference, one-reference-5.0</td></tr>
 * <tr><td>B3</td><td>other-wake</td></tr>
 * <tr><td>B4</td><td>keyless-rearm</td></tr>
 * <tr><td>B5</td><td>refused</td></tr>
 * <tr><td>B6</td><td>two-queues; late-error</td></tr>
 * <tr><td>B7</td><td>drain-and-refill</td></tr>
 * <tr><td>B8</td><td>cancel-against-wake, cancel-against-keyless-wake, cancel-during-submit; mutants
 * work-no-second-look, work-no-second-look-5.16</td></tr>
 * <tr><td>B9</td><td>late-error; mutant error-after-hand-over</td></tr>
 * <tr><td>B10</td><td>queue-freed, queue-freed-against-cancel, queue-freed-during-submit</td></tr>
 * <tr><td>B11</td><td>queue-freed-against-cancel and queue-freed-during-submit, column jiyani-2021</td></tr>
 * <tr><td>B12</td><td>queue-freed; queue-freed-plain-head; mutant pollfree-plain-head</td></tr>
 * <tr><td>B14</td><td>wake-interrupts-on, column linux-4.18</td></tr>
 * <tr><td>B15</td><td>eventfd-written, eventfd-signalled, eventfds-crossed</td></tr>
 * <tr><td>B16</td><td>early-event; early-event-relaxed-put</td></tr>
 * <tr><td>B17</td><td>unlocked-waker; unlocked-waker-no-barrier</td></tr>
 * <tr><td>B18</td><td>reader-sleep; reader-sleep-no-barrier; mutant sleepers-before-tail</td></tr>
 * <tr><td>B19</td><td>ring-publication; ring-publication-no-write-barrier, ring-publication-no-read-barrier; mutant
 * event-not-before-tail</td></tr>
 * <tr><td>B22</td><td>cancel-transfer, cancel-during-transfer-submit, cancel-fn-foreign, destroy-against-transfer and the
 * rows named after what each of them lacks; mutants of {@code CancelFunctions} and {@code AioTransfers}</td></tr>
 * <tr><td>B24</td><td>ring-moved-against-destroy, ring-inherited, ring-not-inherited, ring-moved-in-part, ring-migrated and the
 * rows named after what each of them lacks; mutants of {@code IoContexts.move}, {@code RingFile} and {@code
 * RingMigration}</td></tr>
 * <tr><td>B25</td><td>destroy-against-wake, destroy-twice, destroy-against-transfer, buffer-after-destroy;
 * buffer-after-destroy-not-waiting for the io_destroy of 3.11 to 2014; destroy-against-submit and client-and-destroy of {@code
 * check aio-poll-general}</td></tr>
 * <tr><td>B26</td><td>signalfd</td></tr>
 * <tr><td>B27</td><td>(a) ready-at-submit; (b) keyless-wake; (c) late-error; (d) cancel-after-early-wake,
 * cancel-after-early-keyless-wake, cancel-during-submit; the choices of {@code SketchTest}</td></tr>
 * </table>
 *
 * <p><b>Adding a design:</b> implement {@link dev.regardless.aio.poll.AioPollDesign}, name it in
 * {@code META-INF/services/dev.regardless.aio.poll.AioPollDesign}, and give its row of expected verdicts.
 */
@NullMarked
package dev.regardless.aio.poll;

import org.jspecify.annotations.NullMarked;
