package io.platform.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares what a user sees with a file; {@code -Dgolden.update=true} writes the file anew. */
final class Golden {
  private static final Path FILES = Path.of("src/test/resources/receiver");

  private Golden() {}

  static void check(String name, String text) throws IOException {
    String normal = normal(text);
    Path file = FILES.resolve(name + ".txt");
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(FILES);
      Files.writeString(file, normal);
    }
    assertThat(normal).isEqualTo(Files.readString(file));
  }

  /** What differs from run to run: builds, ports, times, packs. */
  private static String normal(String text) {
    return text.replaceAll(
                "([Bb]uild|builds log|builds cancel|reference:) [0-9a-hjkmnp-tv-z]{13}\\b",
                "$1 <build>")
            .replaceAll("127\\.0\\.0\\.1:\\d+", "HOST")
            .replaceAll("git:token[a-z-]*@", "")
            .replaceAll("\\d\\d:\\d\\d:\\d\\d UTC, \\d+ s ago", "<time>")
            .replaceAll(
                "(?m)^(Enumerating|Counting|Delta|Compressing|Writing|Total|remote: Resolving|remote: Counting).*\\n",
                "")
            .strip()
        + "\n";
  }
}
