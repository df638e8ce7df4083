package io.platform.cli.command;

import java.util.List;

/**
 * Completes arguments that change with the app: the shell asks {@code platform ps --names} for
 * them. Each stands in place of the words in the completion of a shell.
 */
public enum LiveNames {
  /** The app's process types. */
  TYPES("__platform_types"),
  /** The app's process types and its processes. */
  PROCESSES("__platform_processes");

  private final String function;

  LiveNames(String function) {
    this.function = function;
  }

  /** The name of the shell's function that prints them, one a line. */
  public String function() {
    return function;
  }

  List<String> candidates() {
    return List.of(function);
  }
}
