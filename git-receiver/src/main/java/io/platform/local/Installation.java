package io.platform.local;

import io.platform.process.Program;
import io.platform.server.StartFailed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the platform's own programs are: in a checkout that is built.
 *
 * @param root the checkout
 * @param jdk the JDK that runs this server, and builders and runners too
 */
record Installation(Path root, Path jdk) {
  private static final List<String> BUILDER_MEMORY = List.of("-Xmx192m");
  private static final List<String> RUNNER_MEMORY = List.of("-Xmx64m");

  /** Checks that the programs are there. */
  static Installation at(Path root, Path jdk) throws StartFailed {
    Installation installation = new Installation(root, jdk);
    if (!Files.isReadable(installation.jar())) {
      throw new StartFailed(
          "The builder is not where it should be, at %s. Start the platform with the platform script, which builds it."
              .formatted(installation.jar()));
    }
    return installation;
  }

  Program builder() {
    return Program.builder(jdk, jar(), target().resolve("builder.aot"), BUILDER_MEMORY);
  }

  Program runner() {
    return Program.runner(jdk, jar(), target().resolve("runner.aot"), RUNNER_MEMORY);
  }

  private Path jar() {
    return target().resolve("slug-runner-all.jar");
  }

  private Path target() {
    return root.resolve("slug-runner").resolve("target");
  }
}
