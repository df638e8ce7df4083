package io.platform.slug.build.check;

import io.platform.slug.ProcessTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds process types that certainly cannot start, by the app's files and the stack, so that the
 * pusher is told before the release.
 */
public final class StartProblems {
  /** What built-in buildpacks write to .profile.d. */
  private static final Set<String> OWN_PROFILES =
      Set.of("0-platform-runtime.sh", "0-platform-static.sh");

  private final Path tree;
  private final boolean ownPath;
  private final String searchPath;

  /**
   * Looks at the built app in {@code tree}.
   *
   * @param stackPath the PATH of the stack
   * @param ownPath whether a config var sets another PATH
   */
  public StartProblems(Path tree, String stackPath, boolean ownPath) {
    this.tree = tree;
    this.ownPath = ownPath;
    this.searchPath =
        String.join(
            ":",
            stackPath,
            tree.resolve(".platform-runtime/bin").toString(),
            tree.resolve(".platform-runtime/lib").toString(),
            tree.resolve("node_modules/.bin").toString());
  }

  /** A sentence each; none where scripts of the app run before its commands, and may change all. */
  public List<String> of(ProcessTypes types) throws IOException {
    return find(types, this::ownProblem);
  }

  /**
   * Those of a Node.js app that the pushed files show, so that they are told before the
   * dependencies are installed. Programs are not looked for yet, nor are files where scripts of
   * package.json may make them.
   *
   * @param declared what the Procfile declares
   */
  public List<String> beforeInstallation(ProcessTypes declared) throws IOException {
    Optional<NpmScripts> scripts = NpmScripts.read(tree);
    if (scripts.isEmpty() || scripts.get().takePartInBuilds()) {
      return List.of();
    }
    boolean starts = declared.isEmpty() && scripts.get().command("start").isPresent();
    return find(
        starts ? new ProcessTypes(Map.of(ProcessTypes.WEB, "npm start")) : declared,
        command -> namesDependency(command) ? Optional.empty() : fileProblem(command));
  }

  /** What keeps a command from starting. */
  @FunctionalInterface
  private interface Check {
    Optional<String> problem(StartCommand command) throws IOException;
  }

  private List<String> find(ProcessTypes types, Check check) throws IOException {
    List<String> problems = new ArrayList<>();
    if (!hasScriptsOfItsOwn()) {
      for (Map.Entry<String, String> type : types.commands().entrySet()) {
        problem(StartCommand.of(type.getValue()), check)
            .ifPresent(problem -> problems.add("`%s` %s".formatted(type.getKey(), problem)));
      }
    }
    return problems;
  }

  private static boolean namesDependency(StartCommand command) {
    return command.words().stream().anyMatch(word -> word.contains("node_modules/"));
  }

  private boolean hasScriptsOfItsOwn() throws IOException {
    Path directory = tree.resolve(".profile.d");
    if (Files.exists(tree.resolve(".profile"), LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try (Stream<Path> scripts = Files.list(directory)) {
      return scripts
          .map(script -> String.valueOf(script.getFileName()))
          .anyMatch(name -> name.endsWith(".sh") && !OWN_PROFILES.contains(name));
    }
  }

  private Optional<String> problem(StartCommand command, Check check) throws IOException {
    Optional<String> script = NpmScripts.runBy(command);
    Optional<NpmScripts> scripts = script.isPresent() ? NpmScripts.read(tree) : Optional.empty();
    if (script.isEmpty() || scripts.isEmpty() || scripts.get().isPrepared(script.get())) {
      return check.problem(command);
    }
    Optional<String> run = scripts.get().command(script.get());
    if (run.isPresent()) {
      Optional<String> problem = check.problem(StartCommand.of(run.get()));
      return problem.map(
          ("runs the script `" + script.get() + "` of package.json, and that %s")::formatted);
    }
    return script.get().equals("start") && Files.exists(tree.resolve("server.js"))
        ? Optional.empty()
        : Optional.of(
            "runs the script `%s`, which package.json does not have. Add it there, or change the Procfile."
                .formatted(script.get()));
  }

  private Optional<String> ownProblem(StartCommand command) throws IOException {
    Optional<String> program =
        ownPath ? Optional.empty() : new StartProgram(tree, searchPath).problem(command);
    return program.isPresent() ? program : fileProblem(command);
  }

  private Optional<String> fileProblem(StartCommand command) throws IOException {
    Optional<String> file = new StartFile(tree, searchPath).problem(command);
    return file.isPresent() ? file : interpreted(command);
  }

  private Optional<String> interpreted(StartCommand command) throws IOException {
    Optional<InterpretedFile> file = InterpretedFile.of(command);
    if (file.isEmpty()
        || file.get().isIn(tree)
        || MissingLanguage.isOn(searchPath, file.get().path())) {
      return Optional.empty();
    }
    return Optional.of(
        "starts `%s`, but the app has no `%s`. %s"
            .formatted(
                file.get().command(),
                file.get().path(),
                MissingFile.hint(tree, file.get().path())));
  }
}
