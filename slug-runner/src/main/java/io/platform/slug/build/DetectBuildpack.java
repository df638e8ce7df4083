package io.platform.slug.build;

import io.platform.slug.TerminalText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the first buildpack that says that it fits. */
final class DetectBuildpack {
  private static final int NAMES_SHOWN = 12;

  private final List<Buildpack> buildpacks;
  private final BuildpackProgram program;
  private final Path build;

  DetectBuildpack(List<Buildpack> buildpacks, BuildpackProgram program, Path build) {
    this.buildpacks = buildpacks;
    this.program = program;
    this.build = build;
  }

  /** A buildpack that fits, under the name that it gave itself. */
  Buildpack run() throws BuildFailure, IOException, InterruptedException {
    for (Buildpack buildpack : buildpacks) {
      StringBuilder output = new StringBuilder();
      int status =
          program.run(
              List.of(buildpack.program("detect").toString(), build.toString()),
              line -> {
                if (output.isEmpty()) {
                  output.append(line.strip());
                }
              });
      if (status == 0) {
        String name = output.isEmpty() ? buildpack.name() : output.toString();
        return new Buildpack(buildpack.directory(), name, buildpack.looksFor());
      }
    }
    throw Failures.noBuildpack(buildpacks, namesAtRoot());
  }

  private List<String> namesAtRoot() throws IOException {
    try (Stream<Path> children = Files.list(build)) {
      List<String> names =
          children
              .map(path ->
                  TerminalText.inline(String.valueOf(path.getFileName()))
                      + (Files.isDirectory(path) ? "/" : ""))
              .sorted()
              .limit(NAMES_SHOWN + 1L)
              .toList();
      return names.size() <= NAMES_SHOWN
          ? names
          : Stream.concat(names.stream().limit(NAMES_SHOWN), Stream.of("…")).toList();
    }
  }
}
