package io.platform.slug.build.step;

import io.platform.slug.ProcessTypes;
import io.platform.slug.build.buildpack.Buildpack;
import io.platform.slug.build.check.MissingLanguage;
import io.platform.slug.build.check.StartCommand;
import io.platform.slug.build.failure.BuildFailure;
import io.platform.slug.build.failure.BuildpackChoiceMessages;
import io.platform.slug.build.log.BuilderLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Refuses, before anything is built, an app of which a part would neither be installed nor
 * compiled.
 */
public final class CheckLanguages {
  private final Path build;
  private final String searchPath;
  private final BuilderLog log;

  /**
   * Checks what is in {@code build}.
   *
   * @param searchPath the PATH of the stack
   */
  public CheckLanguages(Path build, String searchPath, BuilderLog log) {
    this.build = build;
    this.searchPath = searchPath;
    this.log = log;
  }

  /**
   * Checks an app that a buildpack fits.
   *
   * @param declared what the Procfile declares
   */
  public void run(Buildpack found, ProcessTypes declared) throws BuildFailure, IOException {
    List<StartCommand> commands =
        declared.commands().values().stream().map(StartCommand::of).toList();
    for (MissingLanguage missing : MissingLanguage.find(build, searchPath, commands)) {
      boolean used =
          commands.stream().anyMatch(command -> missing.language().starts(command.program()));
      if (!found.id().equals("nodejs") || used) {
        throw BuildpackChoiceMessages.unsupported(missing.lack(), found);
      }
      log.body(
          "%s is not used: this platform has no %s buildpack yet."
              .formatted(missing.file(), missing.language().label()));
    }
    if (!found.id().equals("nodejs") && Files.isRegularFile(build.resolve("Dockerfile"))) {
      log.body("The Dockerfile is not used: this platform builds with buildpacks.");
    }
  }
}
