package io.platform.slug.build.step;

import io.platform.commons.disk.FullDisk;
import io.platform.slug.build.buildpack.Buildpack;
import io.platform.slug.build.buildpack.BuildpackEnvironment;
import io.platform.slug.build.buildpack.BuildpackProgram;
import io.platform.slug.build.buildpack.ExecutableFile;
import io.platform.slug.build.failure.BuildFailure;
import io.platform.slug.build.failure.BuildFailureMessages;
import io.platform.slug.build.log.BuilderLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Runs {@code bin/pre_compile} and {@code bin/post_compile} of the app, in its directory and with
 * its config vars in the environment. A buildpack that does so itself, as Heroku's for Python, is
 * left to it.
 */
public final class RunHook {
  /** What runs before the first buildpack. */
  public static final String BEFORE = "bin/pre_compile";

  /** What runs after the last one. */
  public static final String AFTER = "bin/post_compile";

  private static final long LARGEST_PROGRAM = 1 << 20;

  private final Path build;
  private final List<Buildpack> buildpacks;
  private final Map<String, String> config;
  private final BuilderLog log;

  /** Of the app in {@code build}. */
  public RunHook(
      Path build, List<Buildpack> buildpacks, Map<String, String> config, BuilderLog log) {
    this.build = build;
    this.buildpacks = buildpacks;
    this.config = config;
    this.log = log;
  }

  /** Runs one, where the app has it. */
  public void run(String hook, BuildpackProgram program)
      throws BuildFailure, IOException, InterruptedException {
    Path file = build.resolve(hook);
    if (!Files.isRegularFile(file) || !file.toRealPath().startsWith(build.toRealPath())) {
      return;
    }
    for (Buildpack buildpack : buildpacks) {
      if (runsItself(buildpack, hook)) {
        return;
      }
    }
    log.heading("Running " + hook);
    ExecutableFile.ensure(file);
    BuildpackProgram withConfig =
        program.with(BuildpackEnvironment.withConfig(program.environment(), config));
    int status = withConfig.run(List.of(file.toString()), log::body);
    if (status != 0) {
      throw FullDisk.at(build)
          ? BuildFailureMessages.diskFull("running " + hook)
          : BuildFailureMessages.hookFailed(hook, status);
    }
  }

  private static boolean runsItself(Buildpack buildpack, String hook) throws IOException {
    Path compile = buildpack.program("compile");
    String name = hook.substring(hook.indexOf('/') + 1);
    return !buildpack.builtIn()
        && Files.isRegularFile(compile)
        && Files.size(compile) <= LARGEST_PROGRAM
        && new String(Files.readAllBytes(compile), StandardCharsets.ISO_8859_1).contains(name);
  }
}
