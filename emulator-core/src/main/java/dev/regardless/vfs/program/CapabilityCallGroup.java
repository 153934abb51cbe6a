package dev.regardless.vfs.program;

import dev.regardless.kernel.Task;
import dev.regardless.vfs.Errno;
import dev.regardless.vfs.UserSpace;

/**
 * capget and capset of the calling task: kernel/capability.c and security/commoncap.c (6.x), version 3 of the header. The
 * inheritable set stays empty, and what a file or a user namespace grants is left out.
 */
public final class CapabilityCallGroup implements SystemCallGroup {

  /** _LINUX_CAPABILITY_VERSION_3. */
  private static final int VERSION = 0x2008_0522;

  private static final int HEADER_BYTES = 8;

  /** Two struct __user_cap_data_struct: effective, permitted and inheritable, 32 bits each, the low halves first. */
  private static final int DATA_BYTES = 24;

  private static final int HALF_BYTES = 12;
  private static final int PERMITTED = 4;
  private static final int INHERITABLE = 8;

  /** Made by the service loader. */
  public CapabilityCallGroup() {}

  @Override
  public void bind(UserProcess process, SystemCallTable table) {
    UserSpace space = process.space();
    table.add("capget",
        (header, data, third, fourth, fifth, sixth) -> leave(process, get(process, space, header, data)));
    table.add("capset",
        (header, data, third, fourth, fifth, sixth) -> leave(process, set(process, space, header, data)));
  }

  private static long leave(UserProcess process, long result) {
    process.kernel().exitToUserMode();
    return result;
  }

  /** cap_validate_magic. */
  private static long validate(UserSpace space, long header) {
    if (!space.covers(header, Integer.BYTES)) {
      return -Errno.EFAULT;
    }
    if (space.load(header, Integer.BYTES) == VERSION) {
      return 0;
    }
    if (space.writable(header, Integer.BYTES) != Integer.BYTES) {
      return -Errno.EFAULT;
    }
    space.store(header, Integer.BYTES, VERSION);
    return -Errno.EINVAL;
  }

  private static long get(UserProcess process, UserSpace space, long header, long data) {
    long refused = validate(space, header);
    if (data == 0 || refused != 0) {
      return data == 0 && refused == -Errno.EINVAL ? 0 : refused;
    }
    if (!space.covers(header, HEADER_BYTES)) {
      return -Errno.EFAULT;
    }
    int pid = (int) space.load(header + Integer.BYTES, Integer.BYTES);
    if (pid != 0) {
      return pid < 0 ? -Errno.EINVAL : -Errno.ESRCH;
    }
    if (space.writable(data, DATA_BYTES) != DATA_BYTES) {
      return -Errno.EFAULT;
    }
    Task current = process.kernel().current();
    store(space, data, current.effectiveCapabilities());
    store(space, data + PERMITTED, current.permittedCapabilities());
    store(space, data + INHERITABLE, 0);
    return 0;
  }

  private static long set(UserProcess process, UserSpace space, long header, long data) {
    long refused = validate(space, header);
    if (refused != 0) {
      return refused;
    }
    if (!space.covers(header, HEADER_BYTES)) {
      return -Errno.EFAULT;
    }
    if (space.load(header + Integer.BYTES, Integer.BYTES) != 0) {
      return -Errno.EPERM;
    }
    if (!space.covers(data, DATA_BYTES)) {
      return -Errno.EFAULT;
    }
    Task current = process.kernel().current();
    long effective = load(space, data) & Task.CAP_VALID_MASK;
    long permitted = load(space, data + PERMITTED) & Task.CAP_VALID_MASK;
    boolean allowed = (permitted & ~current.permittedCapabilities()) == 0 && (effective & ~permitted) == 0
        && load(space, data + INHERITABLE) == 0;
    if (!allowed) {
      return -Errno.EPERM;
    }
    current.setCapabilities(effective, permitted);
    return 0;
  }

  private static long load(UserSpace space, long address) {
    return space.load(address, Integer.BYTES) | space.load(address + HALF_BYTES, Integer.BYTES) << Integer.SIZE;
  }

  private static void store(UserSpace space, long address, long set) {
    space.store(address, Integer.BYTES, set);
    space.store(address + HALF_BYTES, Integer.BYTES, set >>> Integer.SIZE);
  }
}
