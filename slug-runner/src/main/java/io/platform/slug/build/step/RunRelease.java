package io.platform.slug.build.step;

import io.platform.slug.BadFormatException;
import io.platform.slug.ProcessTypes;
import io.platform.slug.build.buildpack.Buildpack;
import io.platform.slug.build.buildpack.BuildpackProgram;
import io.platform.slug.build.buildpack.ReleaseOutput;
import io.platform.slug.build.failure.BuildFailure;
import io.platform.slug.build.failure.BuildFailureMessages;
import io.platform.slug.build.log.BuilderLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs {@code bin/release} of the buildpacks that have one. */
public final class RunRelease {
  private static final int MOST_LINES = 10_000;

  private final BuildpackProgram program;
  private final Path build;
  private final BuilderLog log;

  /** For the compiled app in {@code build}. */
  public RunRelease(BuildpackProgram program, Path build, BuilderLog log) {
    this.program = program;
    this.build = build;
    this.log = log;
  }

  /** All together: the process types of the last that has any; of a config var the last default. */
  public ReleaseOutput run(List<Buildpack> buildpacks)
      throws BuildFailure, IOException, InterruptedException {
    ProcessTypes types = ProcessTypes.none();
    Map<String, String> config = new LinkedHashMap<>();
    for (Buildpack buildpack : buildpacks) {
      if (Files.isExecutable(buildpack.program("release"))) {
        ReleaseOutput output = run(buildpack);
        types = output.processTypes().isEmpty() ? types : output.processTypes();
        config.putAll(output.configVars());
      }
    }
    return new ReleaseOutput(types, config);
  }

  private ReleaseOutput run(Buildpack buildpack)
      throws BuildFailure, IOException, InterruptedException {
    List<String> output = new ArrayList<>();
    int status =
        program.run(
            List.of(buildpack.program("release").toString(), build.toString()),
            line -> {
              if (output.size() < MOST_LINES) {
                output.add(line);
              }
            },
            log::line);
    if (status != 0) {
      throw BuildFailureMessages.buildpackBroken(
          buildpack, "its bin/release ended with exit code " + status);
    }
    try {
      return ReleaseOutput.read(output);
    } catch (BadFormatException e) {
      throw BuildFailureMessages.buildpackBroken(
          buildpack,
          "its bin/release does not print YAML as expected, " + BuildFailureMessages.reason(e));
    }
  }
}
