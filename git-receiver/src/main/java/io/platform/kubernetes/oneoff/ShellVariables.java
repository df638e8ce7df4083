package io.platform.kubernetes.oneoff;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Map;

/** Environment variables as lines of plain characters that bash's {@code printf %b} expands. */
final class ShellVariables {
  private ShellVariables() {}

  /** A line each, and an empty one. */
  static byte[] lines(Map<String, String> variables) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    variables.forEach((name, value) -> {
      for (byte one : (name + "=" + value).getBytes(UTF_8)) {
        lines.writeBytes(
            isPlain(one) ? new byte[] {one} : "\\0%03o".formatted(one & 0xff).getBytes(UTF_8));
      }
      lines.write('\n');
    });
    lines.write('\n');
    return lines.toByteArray();
  }

  private static boolean isPlain(byte one) {
    return (one >= 'a' && one <= 'z')
        || (one >= 'A' && one <= 'Z')
        || (one >= '0' && one <= '9')
        || one == '_'
        || one == '=';
  }
}
