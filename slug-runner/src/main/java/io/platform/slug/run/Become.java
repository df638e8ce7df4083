package io.platform.slug.run;

import io.platform.slug.ExitCode;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/**
 * Replaces this process, JVM and all, by another program: execve(2). The process id stays, so
 * signals reach the app, and no JVM stays in memory behind it.
 */
final class Become {
  private static final int CLOSE_RANGE_CLOEXEC = 4;
  private static final int SIG_SETMASK = 2;
  private static final long SIGSET_BYTES = 128;
  private static final AddressLayout POINTER = ValueLayout.ADDRESS;

  private final Linker linker = Linker.nativeLinker();
  private final SymbolLookup libc = linker.defaultLookup();

  /** Returns only by failing. */
  RunFailure program(AppCommand command) {
    try (Arena arena = Arena.ofConfined()) {
      MethodHandle execve = prepare();
      leaveNothingOpen();
      unblockSignals(arena);
      MemorySegment errno = arena.allocate(Linker.Option.captureStateLayout());
      int result =
          (int)
              execve.invokeExact(
                  errno,
                  arena.allocateFrom(command.program()),
                  strings(arena, command.arguments()),
                  strings(arena, command.environment()));
      long number =
          (int)
              Linker.Option.captureStateLayout()
                  .varHandle(MemoryLayout.PathElement.groupElement("errno"))
                  .get(errno, 0L);
      return failure(command, "result " + result + ", error number " + number);
    } catch (Throwable failed) {
      return failure(command, String.valueOf(failed.getMessage()));
    }
  }

  /** All that can be done without becoming anything. */
  MethodHandle prepare() {
    return linker.downcallHandle(
        libc.findOrThrow("execve"),
        FunctionDescriptor.of(ValueLayout.JAVA_INT, POINTER, POINTER, POINTER),
        Linker.Option.captureCallState("errno"));
  }

  /** The JVM's own files would be the app's otherwise. */
  private void leaveNothingOpen() throws Throwable {
    Optional<MemorySegment> closeRange = libc.find("close_range");
    if (closeRange.isPresent()) {
      int ignored =
          (int)
              linker
                  .downcallHandle(
                      closeRange.get(),
                      FunctionDescriptor.of(
                          ValueLayout.JAVA_INT,
                          ValueLayout.JAVA_INT,
                          ValueLayout.JAVA_INT,
                          ValueLayout.JAVA_INT))
                  .invokeExact(3, -1, CLOSE_RANGE_CLOEXEC);
    }
  }

  /** The JVM blocks SIGQUIT in its threads, and the mask is inherited. */
  private void unblockSignals(Arena arena) throws Throwable {
    MemorySegment none = arena.allocate(SIGSET_BYTES);
    int ignored =
        (int)
            linker
                .downcallHandle(
                    libc.findOrThrow("pthread_sigmask"),
                    FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, POINTER, POINTER))
                .invokeExact(SIG_SETMASK, none, MemorySegment.NULL);
  }

  private static MemorySegment strings(Arena arena, List<String> strings) {
    MemorySegment array = arena.allocate(POINTER, strings.size() + 1L);
    for (int i = 0; i < strings.size(); i++) {
      array.setAtIndex(POINTER, i, arena.allocateFrom(strings.get(i)));
    }
    return array;
  }

  private static RunFailure failure(AppCommand command, String why) {
    return new RunFailure(
        ExitCode.EXEC_FAILED,
        "The app could not be started with "
            + command.program()
            + ": "
            + why
            + ". Tell the operator of the platform.");
  }
}
