package io.platform.slug.build.check;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The file that a command has a program run, such as {@code app.js} in {@code node app.js}.
 *
 * @param command as much of the command as names it
 * @param path from the app's root
 * @param endings what the program itself adds to the name, each in turn
 */
record InterpretedFile(String command, String path, List<String> endings) {
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_./@+,:%-]+");
  private static final List<String> NOTHING = List.of("");

  /** Of each program the options that may stand before the file and have no value of their own. */
  private static final Map<String, Pattern> OPTIONS =
      Map.of(
          "node",
          Pattern.compile(
              "--(?:[a-z-]+=\\S+|no-[a-z-]+|enable-source-maps|harmony|inspect|trace-warnings"
                  + "|trace-deprecation|expose[-_]gc|use[-_]strict|experimental-modules)"),
          "python",
          Pattern.compile("-[uBOsEIqv]+"),
          "python3",
          Pattern.compile("-[uBOsEIqv]+"),
          "ruby",
          Pattern.compile("-w|-W[0-2]"),
          "perl",
          Pattern.compile("-[wT]+"),
          "php",
          Pattern.compile("-n"),
          "bash",
          Pattern.compile("-[exul]+"),
          "sh",
          Pattern.compile("-[exu]+"),
          "static-server",
          Pattern.compile("(?!)"));

  private static final Pattern JAVA_OPTIONS =
      Pattern.compile("-[XD]\\S+|-server|-ea|-[a-z]+:\\S+|--[a-z-]+=\\S+|\\$\\{?[A-Z_]+}?");

  InterpretedFile {
    endings = List.copyOf(endings);
  }

  /** Empty where there is none, or only a shell could say which. */
  static Optional<InterpretedFile> of(StartCommand command) {
    if (command.tokens().isEmpty()) {
      return Optional.empty();
    }
    String program = command.tokens().getFirst();
    Stream<String> rest = command.tokens().stream().skip(1);
    if (program.equals("java")) {
      List<String> jar =
          rest.dropWhile(token -> JAVA_OPTIONS.matcher(token).matches()).limit(2).toList();
      return jar.size() == 2 && jar.getFirst().equals("-jar")
          ? of("java -jar", jar.getLast(), NOTHING)
          : Optional.empty();
    }
    Pattern options = OPTIONS.get(program);
    if (options == null) {
      return Optional.empty();
    }
    List<String> endings = program.equals("node") ? List.of("", ".js", ".json", ".node") : NOTHING;
    return rest.dropWhile(token -> options.matcher(token).matches())
        .findFirst()
        .filter(token -> !token.startsWith("-"))
        .flatMap(token -> of(program, token, endings));
  }

  private static Optional<InterpretedFile> of(String program, String token, List<String> endings) {
    return StartCommand.pathInApp(token)
        .filter(path -> PLAIN.matcher(path).matches())
        .map(path -> new InterpretedFile(program + " " + token, path, endings));
  }

  /** Whether the app has it, or at least something of its name. */
  boolean isIn(Path tree) {
    return endings.stream()
        .anyMatch(ending -> Files.exists(tree.resolve(path + ending), LinkOption.NOFOLLOW_LINKS));
  }
}
