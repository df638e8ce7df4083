package io.platform.process.sandbox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A seccomp filter for apps and builders, which refuses what the default profile of container
 * runtimes does: a program of the kernel's classic BPF, as {@code bwrap --seccomp} takes it (an
 * array of {@code struct sock_filter}). See seccomp(2) and the kernel's {@code
 * userspace-api/seccomp_filter}.
 *
 * <p>A call that is newer than the tables, or of another architecture (i386, x32), does not exist
 * (ENOSYS), so that programs take the older way. So does {@code clone3}, whose flags a filter
 * cannot see.
 */
final class SystemCallFilter {
  private static final int LOAD = 0x20;
  private static final int IF_EQUAL = 0x15;
  private static final int IF_AT_LEAST = 0x35;
  private static final int IF_ANY_BIT = 0x45;
  private static final int RETURN = 0x06;

  private static final int ALLOW = 0x7fff0000;
  private static final int ERROR = 0x00050000;
  private static final int NOT_PERMITTED = ERROR | 1;
  private static final int NO_SUCH_CALL = ERROR | 38;
  private static final int NO_SUCH_FAMILY = ERROR | 97;

  /** Offsets in {@code struct seccomp_data}. An argument's low word is first: little-endian. */
  private static final int NUMBER = 0;

  private static final int ARCHITECTURE = 4;
  private static final int FIRST_ARGUMENT = 16;
  private static final int SECOND_ARGUMENT = 24;

  /** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
  private static final int NEW_NAMESPACES = 0x7E020000;

  /** AF_UNIX, AF_INET, AF_INET6, AF_NETLINK. */
  private static final int[] FAMILIES = {1, 2, 10, 16};

  /** PER_LINUX, PER_LINUX32, both with UNAME26, and the question for the present one. */
  private static final int[] PERSONALITIES = {0, 8, 0x20000, 0x20008, 0xffff_ffff};

  /** TIOCSTI and TIOCLINUX: put input into a terminal, for who reads it next. */
  private static final int[] TERMINAL_INPUT = {0x5412, 0x541C};

  private final List<long[]> program = new ArrayList<>();

  private SystemCallFilter() {}

  /** The filter in this machine's byte order. */
  static byte[] of(SystemCalls calls) {
    SystemCallFilter filter = new SystemCallFilter();
    filter.add(LOAD, ARCHITECTURE);
    filter.unless(IF_EQUAL, calls.auditArchitecture(), NO_SUCH_CALL);
    filter.add(LOAD, NUMBER);
    filter.when(IF_AT_LEAST, SystemCalls.LAST + 1, NO_SUCH_CALL);
    filter.between(calls.unused(), SystemCalls.COMMON, NO_SUCH_CALL);
    filter.when(IF_EQUAL, calls.clone3Call(), NO_SUCH_CALL);
    filter.call(
        calls.cloneCall(),
        () -> {
          filter.add(LOAD, FIRST_ARGUMENT);
          filter.when(IF_ANY_BIT, NEW_NAMESPACES, NOT_PERMITTED);
          filter.add(RETURN, ALLOW);
        });
    filter.call(calls.socketCall(), () -> filter.only(FAMILIES, NO_SUCH_FAMILY));
    filter.call(calls.personalityCall(), () -> filter.only(PERSONALITIES, NOT_PERMITTED));
    filter.call(
        calls.ioctlCall(),
        () -> {
          filter.add(LOAD, SECOND_ARGUMENT);
          for (int request : TERMINAL_INPUT) {
            filter.when(IF_EQUAL, request, NOT_PERMITTED);
          }
          filter.add(RETURN, ALLOW);
        });
    for (int number : calls.refused()) {
      filter.when(IF_EQUAL, number, NOT_PERMITTED);
    }
    filter.add(RETURN, ALLOW);
    return filter.bytes();
  }

  private void add(int operation, int value) {
    jump(operation, 0, 0, value);
  }

  private void when(int condition, int value, int result) {
    jump(condition, 0, 1, value);
    add(RETURN, result);
  }

  private void unless(int condition, int value, int result) {
    jump(condition, 1, 0, value);
    add(RETURN, result);
  }

  private void between(int first, int end, int result) {
    jump(IF_AT_LEAST, 2, 0, end);
    when(IF_AT_LEAST, first, result);
  }

  /** What is done for one call alone; it returns. */
  private void call(int number, Runnable body) {
    int at = program.size();
    add(IF_EQUAL, number);
    body.run();
    program.set(at, new long[] {IF_EQUAL, 0, program.size() - at - 1L, number});
  }

  private void only(int[] values, int otherwise) {
    add(LOAD, FIRST_ARGUMENT);
    for (int value : values) {
      when(IF_EQUAL, value, ALLOW);
    }
    add(RETURN, otherwise);
  }

  private void jump(int operation, int then, int otherwise, int value) {
    program.add(new long[] {operation, then, otherwise, value});
  }

  private byte[] bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(8 * program.size()).order(ByteOrder.nativeOrder());
    for (long[] instruction : program) {
      bytes
          .putShort((short) instruction[0])
          .put((byte) instruction[1])
          .put((byte) instruction[2])
          .putInt((int) instruction[3]);
    }
    return bytes.array();
  }
}
