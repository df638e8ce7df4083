package io.platform.slug.build.step;

import io.platform.commons.disk.FullDisk;
import io.platform.slug.build.buildpack.BuildDirectories;
import io.platform.slug.build.buildpack.Buildpack;
import io.platform.slug.build.buildpack.BuildpackProgram;
import io.platform.slug.build.buildpack.ExportFile;
import io.platform.slug.build.buildpack.SaidFailure;
import io.platform.slug.build.failure.BuildFailure;
import io.platform.slug.build.failure.BuildFailureMessages;
import io.platform.slug.build.log.BuilderLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs {@code bin/compile} of buildpacks, one after the other. What one leaves in its file {@code
 * export} the next ones have in their environment.
 */
public final class RunCompile {
  private final BuildDirectories directories;
  private final BuilderLog log;
  private BuildpackProgram program;

  /** The first gets the environment of {@code program}. */
  public RunCompile(BuildpackProgram program, BuildDirectories directories, BuilderLog log) {
    this.program = program;
    this.directories = directories;
    this.log = log;
  }

  /** With what the buildpacks that have run export. */
  public BuildpackProgram program() {
    return program;
  }

  /** Compiles with one buildpack. */
  public void run(Buildpack buildpack) throws BuildFailure, IOException, InterruptedException {
    Path compile = buildpack.program("compile");
    if (!Files.isExecutable(compile)) {
      throw BuildFailureMessages.buildpackBroken(
          buildpack, "it has no bin/compile that can be run");
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
      readExport(buildpack);
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

  private void readExport(Buildpack buildpack)
      throws BuildFailure, IOException, InterruptedException {
    Optional<Path> export = ExportFile.of(buildpack);
    if (export.isPresent()) {
      Path scratch = directories.spool().resolve("exported");
      program =
          program.with(
              ExportFile.read(export.get(), program, scratch, log::line)
                  .orElseThrow(() ->
                      BuildFailureMessages.buildpackBroken(
                          buildpack, "its file export cannot be sourced")));
    }
  }
}
