package io.platform.process.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Options that harden a bubblewrap sandbox; some need a newer bubblewrap, or a kernel with seccomp
 * filters.
 *
 * @param options for bwrap
 * @param filter what bwrap reads as file 9
 * @param lacks what it does not do, for the operator
 */
record SandboxHardening(List<String> options, Path filter, Optional<String> lacks) {
  /** As container runtimes have it. */
  private static final long SHARED_MEMORY_BYTES = 64L << 20;

  /** Since bubblewrap 0.8: no user namespaces inside, and a limit to what is put into memory. */
  private static final List<String> NEWER =
      List.of(
          "--disable-userns",
          "--perms",
          "1777",
          "--size",
          Long.toString(SHARED_MEMORY_BYTES),
          "--tmpfs",
          "/dev/shm",
          "--remount-ro",
          "/dev");

  private static final List<String> SECCOMP = List.of("--seccomp", "9");

  /** What to try, one after the other. {@code directory} gets the filter's file. */
  static List<SandboxHardening> strictestFirst(Path directory) throws IOException {
    List<SandboxHardening> all = new ArrayList<>();
    Optional<SystemCalls> calls = SystemCalls.ofThisMachine();
    if (calls.isPresent()) {
      Path filter = Files.write(directory.resolve("seccomp.bpf"), SystemCallFilter.of(calls.get()));
      all.add(new SandboxHardening(joined(SECCOMP, NEWER), filter, Optional.empty()));
      all.add(
          new SandboxHardening(SECCOMP, filter, Optional.of(ProcessMessages.olderBubblewrap())));
    }
    Path none = Path.of("/dev/null");
    all.add(new SandboxHardening(NEWER, none, Optional.of(ProcessMessages.noFilter())));
    all.add(new SandboxHardening(List.of(), none, Optional.of(ProcessMessages.noFilter())));
    return all;
  }

  private static List<String> joined(List<String> first, List<String> second) {
    List<String> both = new ArrayList<>(first);
    both.addAll(second);
    return List.copyOf(both);
  }
}
