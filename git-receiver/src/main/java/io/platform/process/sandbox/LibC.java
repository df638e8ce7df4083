package io.platform.process.sandbox;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The few functions of the C library that a terminal of a process needs and the JDK does not have.
 * Linux, on 64 bits.
 */
final class LibC {
  static final int READABLE = 1; // POLLIN
  static final int WRITABLE = 4; // POLLOUT
  static final int AGAIN = 11; // EAGAIN
  static final int INTERRUPTED = 4; // EINTR
  static final int INPUT_OUTPUT = 5; // EIO

  /** O_RDWR, O_NOCTTY, O_NONBLOCK and O_CLOEXEC. */
  static final int TERMINAL_FLAGS = 0x2 | 0x100 | 0x800 | 0x80000;

  /** O_RDONLY and O_CLOEXEC. */
  static final int READ_FLAGS = 0x80000;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle OPEN =
      handle(
          "open",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle IOCTL =
      handle(
          "ioctl",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_LONG,
              ValueLayout.ADDRESS),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle CLOSE =
      handle("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  private static final MethodHandle READ = handle("read", transfer());
  private static final MethodHandle WRITE = handle("write", transfer());
  private static final MethodHandle POLL =
      handle(
          "poll",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT));

  private LibC() {}

  /** A call that failed. */
  static final class CallFailed extends IOException {
    private static final long serialVersionUID = 1L;

    private final int errno;

    private CallFailed(String function, int errno) {
      super("%s failed with error number %d".formatted(function, errno));
      this.errno = errno;
    }

    int errno() {
      return errno;
    }
  }

  private interface Call {
    long result(MemorySegment state) throws Throwable;
  }

  /** Opens a file, and returns its descriptor. */
  static int open(String path, int flags) throws CallFailed {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(path);
      return (int) call("open", state -> (int) OPEN.invokeExact(state, name, flags));
    }
  }

  /** Closes a descriptor. */
  static void close(int descriptor) throws CallFailed {
    call("close", state -> (int) CLOSE.invokeExact(state, descriptor));
  }

  /** An ioctl(2); its argument is a structure, or {@link MemorySegment#NULL}. */
  static int ioctl(int descriptor, long request, MemorySegment argument) throws CallFailed {
    return (int)
        call("ioctl", state -> (int) IOCTL.invokeExact(state, descriptor, request, argument));
  }

  /** Reads into native memory; 0 at the end. */
  static int read(int descriptor, MemorySegment into) throws CallFailed {
    long most = into.byteSize();
    return (int) call("read", state -> (long) READ.invokeExact(state, descriptor, into, most));
  }

  /** Writes from native memory; returns how much was taken. */
  static int write(int descriptor, MemorySegment from, long count) throws CallFailed {
    return (int) call("write", state -> (long) WRITE.invokeExact(state, descriptor, from, count));
  }

  /** Waits until a descriptor is ready, or hung up; false where it is not within the time. */
  static boolean poll(int descriptor, int events, int milliseconds) throws CallFailed {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment poll = arena.allocate(8, 4);
      poll.set(ValueLayout.JAVA_INT, 0, descriptor);
      poll.set(ValueLayout.JAVA_SHORT, 4, (short) events);
      return call("poll", state -> (int) POLL.invokeExact(state, poll, 1L, milliseconds)) > 0;
    } catch (CallFailed failed) {
      if (failed.errno() == INTERRUPTED) {
        return false;
      }
      throw failed;
    }
  }

  private static long call(String function, Call call) throws CallFailed {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      long result = call.result(state);
      if (result < 0) {
        throw new CallFailed(function, (int) ERRNO.get(state, 0L));
      }
      return result;
    } catch (CallFailed failed) {
      throw failed;
    } catch (Throwable impossible) {
      throw new IllegalStateException("calling " + function, impossible);
    }
  }

  private static FunctionDescriptor transfer() {
    return FunctionDescriptor.of(
        ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
  }

  private static MethodHandle handle(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    Linker.Option[] all = new Linker.Option[options.length + 1];
    System.arraycopy(options, 0, all, 0, options.length);
    all[options.length] = Linker.Option.captureCallState("errno");
    return LINKER.downcallHandle(LINKER.defaultLookup().find(name).orElseThrow(), descriptor, all);
  }
}
