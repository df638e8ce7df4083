package io.platform.slug.build.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks whether a program that a process type starts by its name alone is on the app's PATH. */
final class StartProgram {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]*");

  /** What bash has itself and a command may begin with (bash(1)). */
  private static final Set<String> BUILT_IN =
      Set.of(
          "cd",
          "source",
          "if",
          "while",
          "until",
          "for",
          "case",
          "echo",
          "export",
          "eval",
          "read",
          "set",
          "shopt",
          "trap",
          "ulimit",
          "umask",
          "wait",
          "printf",
          "test",
          "true",
          "false",
          "builtin",
          "declare",
          "exit",
          "function",
          "kill",
          "let",
          "local",
          "pwd",
          "select",
          "type",
          "unset");

  /** What runs the scripts of package.json, or starts its files, elsewhere. */
  private static final Set<String> IN_PLACE_OF_NPM =
      Set.of("yarn", "yarnpkg", "pnpm", "pnpx", "bun", "bunx", "deno");

  private final Path tree;
  private final String searchPath;

  /**
   * Looks for programs.
   *
   * @param searchPath the PATH of the app
   */
  StartProgram(Path tree, String searchPath) {
    this.tree = tree;
    this.searchPath = searchPath;
  }

  /** What keeps the command's program from being found, as the rest of "starts `x`, …". */
  Optional<String> problem(StartCommand command) throws IOException {
    String program = command.first();
    return NAME.matcher(program).matches()
            && !BUILT_IN.contains(program)
            && !MissingLanguage.isOn(searchPath, program)
        ? Optional.of("starts `%s`, %s".formatted(program, why(program)))
        : Optional.empty();
  }

  private String why(String program) throws IOException {
    if (Files.isRegularFile(tree.resolve(program))) {
      return "which is not on the PATH. To start the app's file of that name, write `./%s`."
          .formatted(program);
    }
    if (MissingLanguage.isOn(searchPath, program + "3")) {
      return "which the stack does not have. The stack has `%s3`: use that in the Procfile."
          .formatted(program);
    }
    return "which neither the stack nor the app's dependencies have. " + advice(program);
  }

  private String advice(String program) throws IOException {
    if (IN_PLACE_OF_NPM.contains(program)) {
      return "The stack has node and npm: use these.";
    }
    Optional<Language> language =
        Arrays.stream(Language.values()).filter(known -> known.starts(program)).findFirst();
    if (language.isPresent()) {
      return "This platform has no %s buildpack yet that would install it."
          .formatted(language.get().label());
    }
    Path file = tree.resolve("package.json");
    if (!Files.isRegularFile(file)) {
      return "Check its name, or add it to the app and start it by its path.";
    }
    return Dependencies.text(file).contains("\"devDependencies\"")
        ? "If a package of devDependencies brings it, move that package to dependencies: devDependencies are removed"
            + " after the build."
        : "Add the package that brings it to dependencies in package.json.";
  }
}
