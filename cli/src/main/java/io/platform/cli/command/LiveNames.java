package io.platform.cli.command;

import java.util.List;

/**
 * Names that complete an argument and change with the app: the shell asks a command with {@code
 * --names} for them, such as {@code platform ps --names}. Each constant stands in place of the
 * words in the completion of a shell.
 */
public enum LiveNames {
  /** The app's process types. */
  TYPES("__platform_types", "ps"),
  /** The app's process types and its processes. */
  PROCESSES("__platform_processes", "ps"),
  /** The app's own domains. */
  DOMAINS("__platform_domains", "domains"),
  /** Those of them that have a certificate. */
  CERTIFICATES("__platform_certificates", "certs"),
  /** The buildpacks that were chosen for the app. */
  BUILDPACKS("__platform_buildpacks", "buildpacks"),
  /** The features that an app can have. */
  FEATURES("__platform_features", "features");

  private final String function;
  private final String command;

  LiveNames(String function, String command) {
    this.function = function;
    this.command = command;
  }

  /** The name of the shell's function that prints them, one a line. */
  public String function() {
    return function;
  }

  /** The command that prints them with {@code --names}. */
  public String command() {
    return command;
  }

  List<String> candidates() {
    return List.of(function);
  }
}
