package io.platform.process.sandbox;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * The namespaces of a sandbox that runs, open for another process to enter. A sandbox has two user
 * namespaces, one in the other: bwrap sets up the first, in which it may mount, and the processes
 * are in the second, without rights. No process is in the first one, so it is asked for as the
 * owner of the process namespace (ioctl_ns(2)). Whoever has started the sandbox may enter both,
 * root or not.
 */
final class JoinedSandbox implements AutoCloseable {
  private static final long OWNER = 0xb701; // NS_GET_USERNS

  private final long insider;
  private final int owner;

  private JoinedSandbox(long insider, int owner) {
    this.insider = insider;
    this.owner = owner;
  }

  /**
   * That of a process.
   *
   * @param insider its process 1, by its number outside
   */
  static JoinedSandbox of(ProcessHandle insider) throws IOException {
    int processes = LibC.open(namespace(insider.pid(), "pid"), LibC.READ_FLAGS);
    try {
      return new JoinedSandbox(insider.pid(), LibC.ioctl(processes, OWNER, MemorySegment.NULL));
    } finally {
      LibC.close(processes);
    }
  }

  /** The namespace that owns the sandbox's mounts. */
  String owningUsers() {
    return "/proc/%d/fd/%d".formatted(ProcessHandle.current().pid(), owner);
  }

  /** The namespace of its processes' user. */
  String users() {
    return namespace(insider, "user");
  }

  /** The namespace of its processes. */
  String processes() {
    return namespace(insider, "pid");
  }

  private static String namespace(long pid, String kind) {
    return "/proc/%d/ns/%s".formatted(pid, kind);
  }

  @Override
  public void close() throws IOException {
    LibC.close(owner);
  }
}
