package dev.regardless.vfs;

import dev.regardless.kernel.Completion;
import dev.regardless.kernel.Kernel;
import dev.regardless.memory.CellFactory;
import dev.regardless.memory.LongCell;

/** The kiocb of a synchronous read or write (init_sync_kiocb), on which a driver may wait for an asynchronous part. */
final class SyncKiocb extends Kiocb {

  private final LongCell result;
  private final Completion done;

  SyncKiocb(Kernel kernel, CellFactory cells) {
    super(cells);
    this.result = new LongCell(cells, "result");
    this.done = new Completion(kernel, cells.embedded(this, "done"));
  }

  void start(File file, long position, long flags) {
    init(file, position, flags);
    result.write(0);
    done.init();
  }

  long finish(long returned) {
    if (returned != -Errno.EIOCBQUEUED) {
      return returned;
    }
    done.await();
    return result.read();
  }

  @Override
  public boolean isSync() {
    return true;
  }

  @Override
  public void complete(long value) {
    result.write(value);
    done.complete();
  }
}
