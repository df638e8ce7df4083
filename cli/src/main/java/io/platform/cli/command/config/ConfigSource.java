package io.platform.cli.command.config;

import io.platform.cli.command.CommandContext;
import io.platform.cli.command.CommandFailure;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads config vars from environment files and standard input. */
final class ConfigSource {
  /** The file name that means standard input. */
  static final String STANDARD_INPUT = "-";

  /** Bytes: more than the server takes of all config vars together, with all their escapes. */
  private static final int MAX_BYTES = 1 << 20;

  private static final int MAX_WRONG_LINES = 10;
  private static final String INPUT = "the standard input";

  private final CommandContext context;

  ConfigSource(CommandContext context) {
    this.context = context;
  }

  /**
   * The config vars of an environment file.
   *
   * @param file its path, or {@code -} for standard input
   */
  Map<String, String> envFile(String file) throws IOException {
    var name = file.equals(STANDARD_INPUT) ? INPUT : file;
    var read = EnvFileParser.parse(file.equals(STANDARD_INPUT) ? input() : text(file));
    if (!read.wrong().isEmpty()) {
      throw new CommandFailure(ExitCode.USAGE, complaints(name, read.wrong()));
    }
    if (read.vars().isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE, "There is no config var in " + name + "; nothing was changed.");
    }
    return read.vars();
  }

  /** One value: all of standard input, without the line break at its end. */
  String value() throws IOException {
    return input().replaceFirst("\r?\n\\z", "");
  }

  private static String[] complaints(String name, List<EnvFile.WrongLine> wrong) {
    List<String> lines = new ArrayList<>();
    wrong.stream()
        .limit(MAX_WRONG_LINES)
        .forEach(it -> lines.add("Line " + it.number() + " of " + name + " " + it.why() + "."));
    if (wrong.size() > MAX_WRONG_LINES) {
      lines.add("More lines cannot be read: " + (wrong.size() - MAX_WRONG_LINES) + ".");
    }
    lines.add("Nothing was changed. A line is NAME=VALUE; values with several lines need quotes.");
    return lines.toArray(String[]::new);
  }

  private String input() throws IOException {
    return decoded(context.in(), "The standard input");
  }

  private String text(String file) throws IOException {
    Path path = context.directory().resolve(file);
    if (Files.isDirectory(path)) {
      throw new CommandFailure(ExitCode.USAGE, file + " is a directory; nothing was changed.");
    }
    try (var in = Files.newInputStream(path)) {
      return decoded(in, file);
    } catch (NoSuchFileException e) {
      throw new CommandFailure(ExitCode.USAGE, "There is no file " + file + ".");
    }
  }

  private static String decoded(InputStream in, String what) throws IOException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new CommandFailure(
          ExitCode.USAGE, what + " is larger than 1 MiB; nothing was changed.");
    }
    return Utf8.decode(bytes, what);
  }
}
