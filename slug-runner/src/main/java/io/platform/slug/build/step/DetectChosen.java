package io.platform.slug.build.step;

import io.platform.slug.build.buildpack.Buildpack;
import io.platform.slug.build.buildpack.BuildpackChoice;
import io.platform.slug.build.buildpack.BuildpackDetection;
import io.platform.slug.build.buildpack.BuildpackProgram;
import io.platform.slug.build.failure.BuildFailure;
import io.platform.slug.build.failure.BuildpackChoiceMessages;
import io.platform.slug.build.log.BuilderLog;
import java.io.IOException;
import java.nio.file.Path;

/** Asks a buildpack that the app chose whether it fits, as it must. */
public final class DetectChosen {
  private final BuildpackChoice.By by;
  private final Path build;
  private final BuilderLog log;

  /** Of a choice for the app in {@code build}. */
  public DetectChosen(BuildpackChoice.By by, Path build, BuilderLog log) {
    this.by = by;
    this.build = build;
    this.log = log;
  }

  /** The buildpack under the name that it gives itself. */
  public Buildpack run(Buildpack buildpack, BuildpackProgram program)
      throws BuildFailure, IOException, InterruptedException {
    BuildpackDetection detection = BuildpackDetection.of(buildpack, program, build, log::line);
    if (!detection.fits()) {
      throw BuildpackChoiceMessages.buildpackDoesNotFit(by, buildpack, detection.status());
    }
    log.heading(detection.name() + " app detected");
    return buildpack.named(detection.name());
  }
}
