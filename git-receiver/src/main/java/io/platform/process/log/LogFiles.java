package io.platform.process.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of a log, which follow each other without a gap. The name of each says where in the log
 * it begins: {@code <bytes>-<lines>.log}, both with 20 digits.
 */
record LogFiles(Path directory) {
  private static final Pattern NAME = Pattern.compile("([0-9]{20})-([0-9]{20})\\.log");

  /** One file, and the place at which it begins. */
  record Part(Path file, LogOffset begin) {}

  /** All files, oldest first. */
  List<Part> list() throws IOException {
    try (Stream<Path> names = Files.list(directory)) {
      return names.sorted().flatMap(file -> part(file).stream()).toList();
    } catch (NoSuchFileException nothingYet) {
      return List.of();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The file that begins at a place. */
  Part at(LogOffset begin) {
    return new Part(
        directory.resolve("%020d-%020d.log".formatted(begin.bytes(), begin.lines())), begin);
  }

  /** The file of a list in which a place is; empty where it is before all of them. */
  static Optional<Part> holding(List<Part> parts, long bytes) {
    return parts.stream().filter(part -> part.begin().bytes() <= bytes).reduce((_, last) -> last);
  }

  private static Optional<Part> part(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches()
        ? Optional.of(
            new Part(
                file, new LogOffset(Long.parseLong(name.group(1)), Long.parseLong(name.group(2)))))
        : Optional.empty();
  }
}
