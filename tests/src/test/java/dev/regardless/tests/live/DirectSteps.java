package dev.regardless.tests.live;

import dev.regardless.vfs.program.Operand;
import java.util.ArrayList;
import java.util.List;

/**
 * What random programs do with files that are open with O_DIRECT now and then: transfers of blocks and of what is none, at
 * and beyond the end, to and from memory of every alignment, or none. What the live kernel does by chance is left out: a
 * length that is no multiple of a block, or memory that is not aligned, stays within one block of the file system, as
 * neighbours may lie apart on the disk; and only programs whose files have one page use RWF_NOWAIT, because of readahead.
 */
final class DirectSteps {

  private static final int BYTES = 16_384;
  private static final int PAGE = 4096;
  private static final int SOURCE = 4096;
  private static final int TARGET = 8192;

  private static final int F_SETFL = 4;
  private static final int DIRECT = 0x4000;
  private static final int NONBLOCK = 0x800;
  private static final int NOWAIT = 8;

  private final ProgramBuilder program;
  private final List<Operand> files = new ArrayList<>();
  private final boolean onePage;
  private boolean reused;

  DirectSteps(ProgramBuilder program) {
    this.program = program;
    program.memory = BYTES;
    onePage = program.chance(50);
  }

  /** A mark in each 256 bytes of what will be written. */
  void prepare() {
    for (int at = SOURCE; at < TARGET; at += 256) {
      program.store(at, 0x0101_0101_0101_0101L * (at / 256));
    }
  }

  boolean isEmpty() {
    return files.isEmpty();
  }

  boolean has(Operand file) {
    return files.contains(file);
  }

  Operand any() {
    return files.get(program.random.nextInt(files.size()));
  }

  /** From now on a descriptor may be another file's than it was. */
  void closed() {
    reused = true;
  }

  /** Whether the descriptors are still those of files: what else has O_NONBLOCK must keep it. */
  boolean mayBeSwitched() {
    return !reused && !files.isEmpty();
  }

  /** The step that opens a file. */
  int open() {
    int step = program.call(
        "open_tmpfile", program.pick(2 | DIRECT, 2 | DIRECT, 2, 1 | DIRECT, 0x402 | DIRECT, 0x402));
    files.add(new Operand.Result(step, 0));
    return step;
  }

  void duplicated(Operand original, Operand copy) {
    if (has(original)) {
      files.add(copy);
    }
  }

  void switchFlags() {
    program.call(
        "fcntl", any(), ProgramBuilder.number(F_SETFL),
        program.pick(NONBLOCK, NONBLOCK, DIRECT | NONBLOCK, DIRECT | NONBLOCK, DIRECT | NONBLOCK | 0x400));
  }

  /** aio_rw_flags of a transfer. */
  int flags() {
    return onePage && program.chance(30) ? NOWAIT : program.chance(96) ? 0 : (int) program.pickNumber(1, 2, 4, 16, 32);
  }

  /** Writes something to the last file, through the page cache or not. */
  void fill() {
    long bytes = program.pickNumber(512, 1024, 512, 1536, PAGE);
    if (!onePage && program.chance(30)) {
      bytes = 8192;
    }
    program.call("write", files.getLast(), ProgramBuilder.place(SOURCE), ProgramBuilder.number(bytes));
  }

  /** read(2) or write(2), where the file is. */
  void transferNow(Operand file) {
    long bytes = program.pickNumber(512, 512, 512, 1024, 100, 0);
    if (program.chance(50)) {
      program.shown(TARGET, 4, "read", file, memory(TARGET, bytes, true), ProgramBuilder.number(bytes));
    } else {
      program.call("write", file, memory(SOURCE, bytes, true), ProgramBuilder.number(bytes));
    }
  }

  /** The fields of an iocb that say what is transferred. */
  void transfer(int at, int opcode) {
    long offset = onePage
        ? program.pickNumber(0, 0, 0, 512, 512, 1024, 3072, 1, 100)
        : program.pickNumber(0, 0, 0, 512, 1024, 4096, 4096, 4608, 8192, 12_288, 1, 100, 4097);
    long bytes = program.pickNumber(512, 512, 512, 1024, 1024, onePage ? 1024 : 4096, onePage ? 512 : 8192, 0, 100,
        511);
    if (onePage && offset == 0 && program.chance(15)) {
      bytes = PAGE;
    }
    program.store(at + 40, program.chance(97) ? offset : program.pickNumber(-1, 0xfff_ffff_f000L, 0xfff_ffff_ee00L));
    boolean within = offset % PAGE + bytes <= PAGE;
    int area = opcode % 7 == 0 ? TARGET : SOURCE;
    if (opcode < 2) {
      program.store(at + 24, memory(area, bytes, within));
      program.store(at + 32, bytes);
    } else {
      vector(at, area, within && offset % PAGE <= 2048);
    }
  }

  /** Where so many bytes come from, or go to; {@code anywhere}: aligned or not. */
  private Operand memory(int area, long bytes, boolean anywhere) {
    if (program.chance(6)) {
      return program.wild();
    }
    if (program.chance(8)) {
      // The memory ends half way; what is left of it is blocks, if so many bytes are.
      return ProgramBuilder.place(BYTES - bytes / 2);
    }
    long start = bytes > PAGE ? 0 : program.pickNumber(0, 0, 0, 512, 1024);
    if (anywhere && bytes <= 1024 && program.chance(20)) {
      start = program.pickNumber(8, 1, 4, 256, PAGE - 256, PAGE - 8);
      return ProgramBuilder.place(area == SOURCE && start > 1024 ? area - 256 : area + start);
    }
    return ProgramBuilder.place(area + start);
  }

  /** Segments that are blocks, or meet, or neither; {@code anywhere} as above. */
  private void vector(int at, int area, boolean anywhere) {
    int count = 1 + program.random.nextInt(3);
    long pieces = anywhere ? program.pickNumber(512, 512, 256, 500, 1024) : 512;
    long apart = anywhere ? program.pickNumber(pieces, pieces, 1024, 1032) : 1024;
    if (pieces == 1024) {
      count = 1;
    }
    for (int i = 0; i < count; i++) {
      Operand base = program.chance(94) ? ProgramBuilder.place(area + i * apart) : program.wild();
      program.store(Layout.IOVECS + 16 * i, base);
      program.store(Layout.IOVECS + 16 * i + 8, program.chance(97) ? pieces : 0);
    }
    program.store(at + 24, ProgramBuilder.place(Layout.IOVECS));
    program.store(at + 32, count);
  }
}
