package io.platform.slug.build.check;

import io.platform.slug.BadFormatException;
import io.platform.slug.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The scripts of an app's package.json, which {@code npm start} and {@code npm run NAME} run.
 *
 * @param commands the command of each, by name
 */
record NpmScripts(Map<String, String> commands) {
  /** Those that run while the app is built (https://docs.npmjs.com/cli/v10/using-npm/scripts). */
  private static final Set<String> OF_BUILDS =
      Set.of(
          "heroku-prebuild",
          "preinstall",
          "install",
          "postinstall",
          "prepublish",
          "preprepare",
          "prepare",
          "postprepare",
          "heroku-postbuild",
          "build",
          "heroku-cleanup");

  NpmScripts {
    commands = Map.copyOf(commands);
  }

  /** Empty where there is no package.json, or none that says which scripts there are. */
  static Optional<NpmScripts> read(Path tree) throws IOException {
    Path file = tree.resolve("package.json");
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      String text = Dependencies.text(file).replaceFirst("^\uFEFF", "");
      JsonObject json = JsonObject.parse(text.getBytes(StandardCharsets.UTF_8));
      return Optional.of(
          new NpmScripts(json.optionalObject("scripts").orElse(new JsonObject()).strings()));
    } catch (BadFormatException npmSaysIt) {
      return Optional.empty();
    }
  }

  /** The script that a command runs; empty where it runs none, or options may say which. */
  static Optional<String> runBy(StartCommand command) {
    List<String> tokens = command.tokens();
    boolean hasOptions =
        tokens.stream()
            .takeWhile(token -> !token.equals("--"))
            .anyMatch(token -> token.startsWith("-"));
    if (tokens.size() < 2 || !tokens.getFirst().equals("npm") || hasOptions) {
      return Optional.empty();
    }
    return switch (tokens.get(1)) {
      case "start" -> Optional.of("start");
      case "run", "run-script" ->
          tokens.stream().skip(2).findFirst().filter(name -> name.matches("[\\w:.-]+"));
      default -> Optional.empty();
    };
  }

  Optional<String> command(String name) {
    return Optional.ofNullable(commands.get(name));
  }

  /** Whether one of them runs while the app is built, and may change the app's files. */
  boolean takePartInBuilds() {
    return OF_BUILDS.stream().anyMatch(commands::containsKey);
  }

  /** Whether another script runs before it, which may make what it needs. */
  boolean isPrepared(String name) {
    return commands.containsKey("pre" + name);
  }
}
