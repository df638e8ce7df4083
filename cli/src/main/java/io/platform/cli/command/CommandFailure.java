package io.platform.cli.command;

import java.util.List;

/** The end of a command that did not do what it was asked for, in the words that the user reads. */
final class CommandFailure extends RuntimeException {
  private final int exitCode;
  private final List<String> lines;

  CommandFailure(int exitCode, String... lines) {
    super(String.join(" ", lines), null, false, false);
    this.exitCode = exitCode;
    this.lines = List.of(lines);
  }

  int exitCode() {
    return exitCode;
  }

  List<String> lines() {
    return lines;
  }
}
