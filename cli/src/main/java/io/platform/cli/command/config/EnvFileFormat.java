package io.platform.cli.command.config;

import java.util.regex.Pattern;

/** Writes config vars for other programs, one function a format. */
final class EnvFileFormat {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+,=-]*");

  private EnvFileFormat() {}

  /**
   * A line of an environment file, with as few quotes as the value needs. {@link EnvFileParser},
   * Docker Compose and the dotenv libraries read it as it was.
   */
  static String envFile(String name, String value) {
    if (PLAIN.matcher(value).matches()) {
      return name + "=" + value;
    }
    if (value.chars().noneMatch(it -> it == '\'' || it == '\\' || it == '\r' || it == '\n')) {
      return name + "='" + value + "'";
    }
    var text = new StringBuilder(name).append("=\"");
    value
        .chars()
        .forEach(it -> {
          switch (it) {
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\\', '"', '$' -> text.append('\\').append((char) it);
            default -> text.append((char) it);
          }
        });
    return text.append('"').toString();
  }

  /** A command for a POSIX shell that exports the variable. */
  static String shell(String name, String value) {
    return "export "
        + name
        + "="
        + (PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "'\\''") + "'");
  }
}
