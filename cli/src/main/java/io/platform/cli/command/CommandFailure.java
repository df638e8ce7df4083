package io.platform.cli.command;

import java.util.List;

/** A command failed; the message is what the user reads. */
public final class CommandFailure extends RuntimeException {
  private final int exitCode;
  private final List<String> lines;

  public CommandFailure(int exitCode, String... lines) {
    super(String.join(" ", lines), null, false, false);
    this.exitCode = exitCode;
    this.lines = List.of(lines);
  }

  public int exitCode() {
    return exitCode;
  }

  public List<String> lines() {
    return lines;
  }
}
