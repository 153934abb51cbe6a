package dev.regardless.aio.workload;

import dev.regardless.aio.AioParameters;
import dev.regardless.vfs.Driver;
import dev.regardless.vfs.DriverSettings;
import java.util.List;
import java.util.Map;

/**
 * What the emulated programs of one aio run do. Every number is checked when the record is made; messages name the field.
 *
 * @param design id of the poll design ({@link dev.regardless.aio.poll.AioPollDesigns})
 * @param designParameters the design's parameters where they differ from their defaults
 * @param aio sizes and limits of the aio subsystem
 * @param files the kinds of files to poll, in turn; file i is of kind {@code i % files.size()}
 * @param fileCount how many files there are, at least 1
 * @param contexts how many aio contexts, at least 1; poller i uses context {@code i % contexts}
 * @param contextRequests what io_setup is asked for
 * @param pollers tasks that submit polls, at least 1
 * @param requests polls to be accepted in all, at least 1; shared out evenly among the pollers
 * @param depth polls that one poller keeps in flight, at least 1
 * @param batch polls that one io_submit call carries at most, 1 to {@code depth}
 * @param writers tasks that make files ready, at least 1 unless there are cancellers
 * @param writerPause cycles that a writer sleeps between two writes; 0: not at all
 * @param cancellers tasks that io_cancel requests picked at random
 * @param cancellerPause cycles that a canceller sleeps between two calls
 * @param closers tasks that close files and open them anew, at most {@code fileCount}; need a timeout, since a poll on a file
 *     that nobody can reach any more only ends by being cancelled
 * @param closerPause cycles that a closer sleeps between two files
 * @param reapers tasks that take events and do nothing else; reaper i serves context {@code i % contexts}. 0: pollers reap.
 *     Else at least {@code contexts}
 * @param reapMinimum events that io_getevents waits for, 1 to {@code reapMost}
 * @param reapMost events that one io_getevents call takes at most
 * @param timeout cycles after which io_getevents returns with less; who then got nothing cancels its oldest request. 0: wait
 *     for ever, which only suits contexts that have one reaper, without closers, and files whose every event ends a poll
 * @param ringReaping whether events are taken from the ring in user space first, without a system call; each context must then
 *     have one reaper
 * @param drain whether pollers wait for all their requests before they leave; else io_destroy finds requests in flight
 * @param seed of the programs' own choices (which file, which request); not of the schedule
 */
public record AioWorkloadParameters(
    String design,
    Map<String, String> designParameters,
    AioParameters aio,
    List<FileKind> files,
    int fileCount,
    int contexts,
    int contextRequests,
    int pollers,
    int requests,
    int depth,
    int batch,
    int writers,
    int writerPause,
    int cancellers,
    int cancellerPause,
    int closers,
    int closerPause,
    int reapers,
    int reapMinimum,
    int reapMost,
    int timeout,
    boolean ringReaping,
    boolean drain,
    long seed) {

  /**
   * A kind of file.
   *
   * @param driver its driver
   * @param settings the driver's parameters
   */
  public record FileKind(Driver driver, DriverSettings settings) {}

  public AioWorkloadParameters {
    files = List.copyOf(files);
    atLeast("files", files.size(), 1);
    atLeast("file-count", fileCount, 1);
    atLeast("contexts", contexts, 1);
    atLeast("context-requests", contextRequests, 1);
    atLeast("pollers", pollers, contexts);
    atLeast("requests", requests, 1);
    atLeast("depth", depth, 1);
    between("batch", batch, 1, depth);
    atLeast("writers", writers, cancellers > 0 ? 0 : 1);
    atLeast("writer-pause", writerPause, 0);
    atLeast("cancellers", cancellers, 0);
    atLeast("canceller-pause", cancellerPause, 0);
    between("closers", closers, 0, fileCount);
    atLeast("closer-pause", closerPause, 0);
    atLeast("reapers", reapers, 0);
    atLeast("reap-most", reapMost, 1);
    between("reap-minimum", reapMinimum, 1, reapMost);
    atLeast("timeout", timeout, 0);
    if (reapers > 0) {
      atLeast("reapers", reapers, contexts);
    }
    boolean alone = reapers == 0 ? pollers == contexts : reapers == contexts;
    if (timeout == 0 && (closers > 0 || !alone || reapers > 0 || reapMinimum > 1 || writers == 0)) {
      throw new IllegalArgumentException(
          "timeout: expected a positive number with closers, reapers, shared contexts, a reap-minimum above 1,"
              + " or without writers; got 0");
    }
    for (FileKind kind : files) {
      if (timeout == 0 && kind.driver().missesLaterEvents()) {
        throw new IllegalArgumentException(
            "timeout: expected a positive number with driver %s; got 0".formatted(kind.driver().name()));
      }
    }
    if (ringReaping && !alone) {
      throw new IllegalArgumentException("ring-reaping: expected one reaper for each context");
    }
  }

  /** The plain poll storm: every poller has a context of its own and reaps it. */
  public static AioWorkloadParameters storm(
      String design, FileKind kind, int fileCount, int pollers, int writers, int requests) {
    return new AioWorkloadParameters(
        design, java.util.Collections.emptyMap(), AioParameters.DEFAULT, List.of(kind), fileCount, pollers, 128,
        pollers,
        requests, 16, 4, writers, 0, 0, 0, 0, 0, 0, 1, 16, 0, false, true, 1);
  }

  /** Polls that poller {@code index} is to get accepted. */
  int quota(int index) {
    return requests / pollers + (index < requests % pollers ? 1 : 0);
  }

  /** aio_data of the first poll of poller {@code index}. */
  long firstId(int index) {
    return (long) index * (requests / pollers) + Math.min(index, requests % pollers);
  }

  private static void atLeast(String field, int value, int minimum) {
    if (value < minimum) {
      throw new IllegalArgumentException("%s: expected at least %d, got %d".formatted(field, minimum, value));
    }
  }

  private static void between(String field, int value, int minimum, int maximum) {
    if (value < minimum || value > maximum) {
      throw new IllegalArgumentException("%s: expected %d to %d, got %d".formatted(field, minimum, maximum, value));
    }
  }
}
