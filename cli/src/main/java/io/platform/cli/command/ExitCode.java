package io.platform.cli.command;

/** The exit codes, which scripts rely on (docs/cli.md). */
final class ExitCode {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int UNAUTHORIZED = 3;
  static final int NOT_FOUND = 4;
  static final int UNREACHABLE = 5;
  static final int CONFLICT = 6;

  private ExitCode() {}
}
