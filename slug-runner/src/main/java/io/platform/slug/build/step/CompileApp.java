package io.platform.slug.build.step;

import io.platform.slug.build.buildpack.BuildDirectories;
import io.platform.slug.build.buildpack.Buildpack;
import io.platform.slug.build.buildpack.BuildpackProgram;
import io.platform.slug.build.failure.BuildFailure;
import io.platform.slug.build.log.BuilderLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compiles the app: its own {@code bin/pre_compile}, its buildpacks one after the other, its own
 * {@code bin/post_compile}. A buildpack after the first is asked whether it fits when those before
 * it have run, for it may need what they make.
 */
public final class CompileApp {
  private final BuildpackProgram program;
  private final BuildDirectories directories;
  private final BuilderLog log;

  /** Programs get the environment of {@code program}. */
  public CompileApp(BuildpackProgram program, BuildDirectories directories, BuilderLog log) {
    this.program = program;
    this.directories = directories;
    this.log = log;
  }

  /** The buildpacks that ran, under the names that they give themselves. */
  public List<Buildpack> run(FindBuildpacks.Found found, Map<String, String> config)
      throws BuildFailure, IOException, InterruptedException {
    ConfigOfBuild.write(config, directories.env());
    RunHook hook = new RunHook(directories.build(), found.buildpacks(), config, log);
    hook.run(RunHook.BEFORE, program);
    RunCompile compile = new RunCompile(program, directories, log);
    List<Buildpack> used = new ArrayList<>();
    for (Buildpack buildpack : found.buildpacks()) {
      Buildpack fitting =
          used.isEmpty() || found.by().isEmpty()
              ? buildpack
              : new DetectChosen(found.by().get(), directories.build(), log)
                  .run(buildpack, compile.program());
      compile.run(fitting);
      used.add(fitting);
    }
    hook.run(RunHook.AFTER, compile.program());
    return List.copyOf(used);
  }
}
