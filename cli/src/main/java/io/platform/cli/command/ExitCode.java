package io.platform.cli.command;

/** The exit codes, which scripts rely on (docs/cli.md). */
public final class ExitCode {
  public static final int OK = 0;
  public static final int FAILED = 1;
  public static final int USAGE = 2;
  public static final int UNAUTHORIZED = 3;
  public static final int NOT_FOUND = 4;
  public static final int UNREACHABLE = 5;
  public static final int CONFLICT = 6;

  private ExitCode() {}
}
