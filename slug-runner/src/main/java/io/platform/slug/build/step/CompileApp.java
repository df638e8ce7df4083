package io.platform.slug.build.step;

import io.platform.commons.disk.FullDisk;
import io.platform.slug.build.buildpack.BuildDirectories;
import io.platform.slug.build.buildpack.Buildpack;
import io.platform.slug.build.buildpack.BuildpackProgram;
import io.platform.slug.build.buildpack.SaidFailure;
import io.platform.slug.build.failure.BuildFailure;
import io.platform.slug.build.failure.BuildFailureMessages;
import io.platform.slug.build.log.BuilderLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs the buildpack's {@code bin/compile}. */
public final class CompileApp {
  private final BuildpackProgram program;
  private final BuildDirectories directories;
  private final BuilderLog log;

  public CompileApp(BuildpackProgram program, BuildDirectories directories, BuilderLog log) {
    this.program = program;
    this.directories = directories;
    this.log = log;
  }

  /** Compiles with the app's config vars as files of ENV_DIR. */
  public void run(Buildpack buildpack, Map<String, String> config)
      throws BuildFailure, IOException, InterruptedException {
    for (Map.Entry<String, String> variable : config.entrySet()) {
      if (!variable.getKey().contains("/")) {
        Files.writeString(
            directories.env().resolve(variable.getKey()),
            variable.getValue(),
            StandardCharsets.UTF_8);
      }
    }
    Path compile = buildpack.program("compile");
    if (!Files.isExecutable(compile)) {
      throw BuildFailureMessages.buildpackBroken(
          buildpack.name(), "it has no bin/compile that can be run");
    }
    AtomicBoolean saidFull = new AtomicBoolean();
    SaidFailure said = new SaidFailure(log::line);
    int status =
        program.run(
            List.of(
                compile.toString(),
                directories.build().toString(),
                directories.cache().toString(),
                directories.env().toString()),
            line -> {
              said.accept(line);
              if (FullDisk.said(line)) {
                saidFull.set(true);
              }
            });
    if (status == 0) {
      said.passOn();
      return;
    }
    if (saidFull.get() || FullDisk.at(directories.build())) {
      said.passOn();
      throw BuildFailureMessages.diskFull("compiling the app");
    }
    throw said.sentence()
        .map(BuildFailureMessages::compileFailed)
        .orElseGet(() -> BuildFailureMessages.compileFailed(buildpack.name(), status));
  }
}
