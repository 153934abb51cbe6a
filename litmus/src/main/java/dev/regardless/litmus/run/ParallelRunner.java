package dev.regardless.litmus.run;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/** Answers files on several threads and hands the results over in the order of the files. */
public final class ParallelRunner {
  /** Finished results that may wait for an unfinished one before them, for each thread. */
  private static final int AHEAD = 64;

  private ParallelRunner() {}

  /**
   * Answers all files.
   *
   * @param files  in the order of the results
   * @param jobs   threads to use, at least 1
   * @param answer what to do with one file, called on those threads
   * @param sink   takes the results on the calling thread, in order
   */
  public static void run(List<Path> files, int jobs, Function<Path, TestResult> answer, Consumer<TestResult> sink) {
    if (jobs == 1 || files.size() == 1) {
      files.forEach(file -> sink.accept(answer.apply(file)));
      return;
    }
    ExecutorService workers = Executors.newFixedThreadPool(jobs, task -> {
      Thread worker = new Thread(null, task, "litmus", 64L << 20);
      worker.setDaemon(true);
      return worker;
    });
    try {
      Deque<Future<TestResult>> pending = new ArrayDeque<>();
      for (Path file : files) {
        pending.add(workers.submit(() -> answer.apply(file)));
        if (pending.size() > jobs * AHEAD) {
          sink.accept(finished(pending.remove()));
        }
      }
      while (!pending.isEmpty()) {
        sink.accept(finished(pending.remove()));
      }
    } finally {
      workers.shutdownNow();
    }
  }

  private static TestResult finished(Future<TestResult> future) {
    try {
      return future.get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException("an answer is never an exception", failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
  }
}
