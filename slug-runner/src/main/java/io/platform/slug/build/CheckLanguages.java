package io.platform.slug.build;

import io.platform.slug.ProcessTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Refuses, before anything is built, an app of which a part would neither be installed nor
 * compiled.
 */
final class CheckLanguages {
  private static final Pattern PROGRAM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]*");

  /** What bash has itself and a command may begin with (bash(1)). */
  private static final Set<String> BUILT_IN =
      Set.of(
          "cd", "source", "if", "while", "until", "for", "case", "echo", "export", "eval", "read",
          "set", "shopt", "trap", "ulimit", "umask", "wait", "printf", "test", "true", "false");

  private final Path build;
  private final String searchPath;
  private final BuildLog log;

  /**
   * Checks what is in {@code build}.
   *
   * @param searchPath the PATH of the stack
   */
  CheckLanguages(Path build, String searchPath, BuildLog log) {
    this.build = build;
    this.searchPath = searchPath;
    this.log = log;
  }

  /**
   * Checks an app that a buildpack fits.
   *
   * @param declared what the Procfile declares
   */
  void run(Buildpack found, ProcessTypes declared) throws BuildFailure, IOException {
    List<StartCommand> commands =
        declared.commands().values().stream().map(StartCommand::of).toList();
    for (MissingLanguage missing : MissingLanguage.find(build, searchPath, commands)) {
      boolean used =
          commands.stream().anyMatch(command -> missing.language().starts(command.program()));
      if (!found.id().equals("nodejs") || used) {
        throw BuildFailureMessages.unsupported(missing.lack(), found);
      }
      log.body(
          "%s is not used: this platform has no %s buildpack yet."
              .formatted(missing.file(), missing.language().label()));
    }
    if (found.id().equals("procfile")) {
      tellWhatCannotStart(declared);
    }
    if (!found.id().equals("nodejs") && Files.isRegularFile(build.resolve("Dockerfile"))) {
      log.body("The Dockerfile is not used: this platform builds with buildpacks.");
    }
  }

  /** A warning alone: config vars may have another PATH, and scripts in .profile.d too. */
  private void tellWhatCannotStart(ProcessTypes declared) {
    for (Map.Entry<String, String> type : declared.commands().entrySet()) {
      String program = StartCommand.of(type.getValue()).words().stream().findFirst().orElse("");
      if (PROGRAM.matcher(program).matches()
          && !BUILT_IN.contains(program)
          && !MissingLanguage.isOn(searchPath, program)) {
        log.body(
            "`%s` starts `%s`, which is no program of this stack, and nothing is compiled or installed here. A program of the app is started by its path, as in `./%s`."
                    .formatted(type.getKey(), program, program)
                + (MissingLanguage.isOn(searchPath, program + "3")
                    ? " The stack has `%s3`.".formatted(program)
                    : ""));
      }
    }
  }
}
