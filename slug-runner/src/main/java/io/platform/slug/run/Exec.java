package io.platform.slug.run;

import io.platform.slug.SlugExitCode;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * Replaces this process, JVM and all, by another program: execve(2). The process id stays, so
 * signals reach the app, and no JVM stays in memory behind it.
 *
 * <p>All functions are called through one handle that takes three 64-bit integers, which is what
 * they take as the machine sees it: Java spins classes for each signature, and those were most of
 * the runner's start.
 */
final class Exec {
  private static final long CLOSE_RANGE_CLOEXEC = 4;
  private static final long SIG_SETMASK = 2;
  private static final long SIGSET_BYTES = 128;
  private static final long SIG_DFL = 0;

  /** SIGHUP, SIGINT, SIGQUIT, SIGPIPE and SIGTERM. */
  private static final List<Integer> INHERITED = List.of(1, 2, 3, 13, 15);

  private static final long WORD = ValueLayout.JAVA_LONG.byteSize();

  private final Linker linker = Linker.nativeLinker();
  private final MethodHandle call =
      linker.downcallHandle(
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG),
          Linker.Option.captureCallState("errno"));

  /** Returns only by failing. */
  RunFailure program(AppStartCommand command) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(Linker.Option.captureStateLayout());
      long program = arena.allocateFrom(command.program()).address();
      long arguments = strings(arena, command.arguments());
      long environment = strings(arena, command.environment());
      closeInheritedFiles(errno);
      unblockSignals(arena, errno);
      restoreSignals(errno);
      int result = call("execve", errno, program, arguments, environment);
      return failure(command, "result " + result + ", error number " + number(errno));
    } catch (Throwable failed) {
      return failure(command, String.valueOf(failed.getMessage()));
    }
  }

  /** The JVM's own files would be the app's otherwise. */
  private void closeInheritedFiles(MemorySegment errno) throws Throwable {
    if (linker.defaultLookup().find("close_range").isPresent()) {
      call("close_range", errno, 3, 0xffff_ffffL, CLOSE_RANGE_CLOEXEC);
    }
  }

  /** The JVM blocks SIGQUIT in its threads, and the mask is inherited. */
  private void unblockSignals(Arena arena, MemorySegment errno) throws Throwable {
    call("pthread_sigmask", errno, SIG_SETMASK, arena.allocate(SIGSET_BYTES).address(), 0);
  }

  /** What a server was told to ignore, by nohup(1) say, the app would ignore as well. */
  private void restoreSignals(MemorySegment errno) throws Throwable {
    for (int signal : INHERITED) {
      call("signal", errno, signal, SIG_DFL, 0);
    }
  }

  /** All but the last step, for a training run: asks for the signal mask. */
  boolean rehearse(AppStartCommand command) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(Linker.Option.captureStateLayout());
      strings(arena, command.environment());
      closeInheritedFiles(errno);
      return call("pthread_sigmask", errno, SIG_SETMASK, 0, 0) == 0;
    } catch (Throwable failed) {
      return false;
    }
  }

  private int call(String function, MemorySegment errno, long first, long second, long third)
      throws Throwable {
    Optional<MemorySegment> address = linker.defaultLookup().find(function);
    return (int) call.invokeExact(address.orElseThrow(), errno, first, second, third);
  }

  /** The address of an array of strings as C has it, with a null at its end. */
  private static long strings(Arena arena, List<String> strings) {
    MemorySegment array = arena.allocate((strings.size() + 1L) * WORD, WORD);
    ByteBuffer words = array.asByteBuffer().order(ByteOrder.nativeOrder());
    for (String string : strings) {
      words.putLong(arena.allocateFrom(string).address());
    }
    return array.address();
  }

  /** The only word that is captured. */
  private static int number(MemorySegment errno) {
    return errno.asByteBuffer().order(ByteOrder.nativeOrder()).getInt();
  }

  private static RunFailure failure(AppStartCommand command, String why) {
    return new RunFailure(
        SlugExitCode.EXEC_FAILED,
        "The app could not be started with "
            + command.program()
            + ": "
            + why
            + ". Contact your administrator.");
  }
}
