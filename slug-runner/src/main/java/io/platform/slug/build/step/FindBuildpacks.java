package io.platform.slug.build.step;

import io.platform.slug.BuildpackReference;
import io.platform.slug.build.buildpack.BuildDirectories;
import io.platform.slug.build.buildpack.Buildpack;
import io.platform.slug.build.buildpack.BuildpackChoice;
import io.platform.slug.build.buildpack.BuildpackProgram;
import io.platform.slug.build.buildpack.BuiltInBuildpacks;
import io.platform.slug.build.failure.BuildFailure;
import io.platform.slug.build.log.BuilderLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the buildpacks that compile the app: those that it chooses, or else one that fits. */
public final class FindBuildpacks {
  /**
   * What was found.
   *
   * @param by where the app chooses; empty where the platform looked for one
   * @param buildpacks at least one, in the order in which they run; the first has said that it fits
   */
  public record Found(Optional<BuildpackChoice.By> by, List<Buildpack> buildpacks) {}

  private final BuildDirectories directories;
  private final BuildpackProgram program;
  private final BuilderLog log;

  /** Asks buildpacks in the environment of {@code program}. */
  public FindBuildpacks(BuildDirectories directories, BuildpackProgram program, BuilderLog log) {
    this.directories = directories;
    this.program = program;
    this.log = log;
  }

  /**
   * Finds those of an app.
   *
   * @param wanted those that its developers chose at the platform
   * @param config its config vars
   * @param ignored how many paths its .slugignore has removed
   */
  public Found run(List<BuildpackReference> wanted, Map<String, String> config, int ignored)
      throws BuildFailure, IOException, InterruptedException {
    List<Buildpack> builtIn = BuiltInBuildpacks.unpack(directories.buildpacks());
    ChooseBuildpacks choose = new ChooseBuildpacks(wanted, config, directories.build());
    Optional<BuildpackChoice> choice = choose.run();
    if (choice.isPresent()) {
      return chosen(choice.get(), builtIn);
    }
    Buildpack found = new DetectBuildpack(builtIn, program, directories.build(), ignored).run();
    log.heading(found.name() + " app detected");
    choose.checkManifest(found, log::body);
    return new Found(Optional.empty(), List.of(found));
  }

  private Found chosen(BuildpackChoice choice, List<Buildpack> builtIn)
      throws BuildFailure, IOException, InterruptedException {
    List<Buildpack> obtained = new ObtainBuildpacks(directories, builtIn, log).run(choice);
    List<Buildpack> buildpacks = new ArrayList<>(obtained);
    DetectChosen detect = new DetectChosen(choice.by(), directories.build(), log);
    buildpacks.set(0, detect.run(obtained.getFirst(), program));
    return new Found(Optional.of(choice.by()), List.copyOf(buildpacks));
  }
}
