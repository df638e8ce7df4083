package io.platform.local;

import io.platform.bootstrap.StartupException;
import io.platform.process.sandbox.SandboxProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds the platform's own programs in a checkout that is built.
 *
 * @param root the checkout
 * @param jdk the JDK that runs this server, and builders and runners too
 */
record InstalledPrograms(Path root, Path jdk) {
  private static final List<String> BUILDER_MEMORY = List.of("-Xmx192m");
  private static final List<String> RUNNER_MEMORY = List.of("-Xmx64m");

  /** Checks that the programs are there. */
  static InstalledPrograms at(Path root, Path jdk) throws StartupException {
    InstalledPrograms programs = new InstalledPrograms(root, jdk);
    if (!Files.isReadable(programs.jar())) {
      throw new StartupException(
          "The builder is not where it should be, at %s. Start the platform with the platform script, which builds it."
              .formatted(programs.jar()));
    }
    return programs;
  }

  SandboxProgram builder() {
    return SandboxProgram.builder(jdk, jar(), target().resolve("builder.aot"), BUILDER_MEMORY);
  }

  SandboxProgram runner() {
    return SandboxProgram.runner(jdk, jar(), target().resolve("runner.aot"), RUNNER_MEMORY);
  }

  private Path jar() {
    return target().resolve("slug-runner-all.jar");
  }

  private Path target() {
    return root.resolve("slug-runner").resolve("target");
  }
}
