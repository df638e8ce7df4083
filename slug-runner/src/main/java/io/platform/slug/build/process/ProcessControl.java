package io.platform.slug.build.process;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/** Changes attributes of this process: {@code prctl(2)}. */
public final class ProcessControl {
  private static final int PR_SET_DUMPABLE = 4;

  private ProcessControl() {}

  /**
   * Nobody of the same user reads this process's memory, its environment among it, or traces it:
   * what a buildpack starts is not to find the build's token.
   */
  public static void keepSecrets() {
    set(PR_SET_DUMPABLE, 0);
  }

  /** Sets one thing; elsewhere than on Linux nothing happens. */
  static void set(int what, long value) {
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> prctl = linker.defaultLookup().find("prctl");
    if (prctl.isEmpty() || !System.getProperty("os.name", "").equals("Linux")) {
      return;
    }
    FunctionDescriptor signature =
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment function = prctl.get().reinterpret(arena, null);
      int result =
          (int)
              linker
                  .downcallHandle(function, signature, Linker.Option.firstVariadicArg(1))
                  .invokeExact(what, value, 0L, 0L, 0L);
      assert result == 0;
    } catch (Throwable unsupported) {
      // A kernel or a sandbox that forbids it: the build works without.
      return;
    }
  }
}
