package io.platform.slug.build.step;

import io.platform.commons.console.TerminalText;
import io.platform.slug.build.buildpack.Buildpack;
import io.platform.slug.build.buildpack.BuildpackProgram;
import io.platform.slug.build.check.MissingLanguage;
import io.platform.slug.build.failure.BuildFailure;
import io.platform.slug.build.failure.BuildFailureMessages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the buildpack that the app chooses, or else the first that says that it fits. */
public final class DetectBuildpack {
  private static final int NAMES_SHOWN = 12;

  private final List<Buildpack> buildpacks;
  private final BuildpackProgram program;
  private final Path build;
  private final BuildpackChoice choice;

  public DetectBuildpack(
      List<Buildpack> buildpacks, BuildpackProgram program, Path build, BuildpackChoice choice) {
    this.buildpacks = buildpacks;
    this.program = program;
    this.build = build;
    this.choice = choice;
  }

  /** A buildpack that fits, under the name that it gave itself. */
  public Buildpack run() throws BuildFailure, IOException, InterruptedException {
    Optional<String> chosen = choice.id();
    for (Buildpack buildpack : buildpacks) {
      if (chosen.isEmpty() || chosen.get().equals(buildpack.id())) {
        Optional<Buildpack> fitting = detect(buildpack);
        if (fitting.isPresent()) {
          return fitting.get();
        }
        if (chosen.isPresent()) {
          throw BuildFailureMessages.buildpackDoesNotFit(buildpack);
        }
      }
    }
    if (chosen.isPresent()) {
      throw BuildFailureMessages.buildpackUnknown(chosen.get(), buildpacks);
    }
    throw BuildFailureMessages.noBuildpack(buildpacks, namesAtRoot(), missing());
  }

  private Optional<Buildpack> detect(Buildpack buildpack) throws IOException, InterruptedException {
    StringBuilder output = new StringBuilder();
    int status =
        program.run(
            List.of(buildpack.program("detect").toString(), build.toString()),
            line -> {
              if (output.isEmpty()) {
                output.append(line.strip());
              }
            });
    String name = output.isEmpty() ? buildpack.name() : output.toString();
    return status == 0
        ? Optional.of(new Buildpack(buildpack.directory(), name, buildpack.looksFor()))
        : Optional.empty();
  }

  /** What the app seems to be, in a sentence. */
  private Optional<String> missing() throws IOException {
    Optional<String> language = MissingLanguage.sentence(build);
    if (language.isPresent()) {
      return language;
    }
    return Files.isRegularFile(build.resolve("Dockerfile"))
        ? Optional.of("The Dockerfile is not used: this platform builds with buildpacks.")
        : Optional.empty();
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
