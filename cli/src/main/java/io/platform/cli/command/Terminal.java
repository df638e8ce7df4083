package io.platform.cli.command;

import java.util.Optional;

/** The person at the keyboard, if there is one. */
public interface Terminal {

  boolean isInteractive();

  /** The line that the user types; empty when the input ends. */
  Optional<String> ask(String prompt);

  /** The same without echo. */
  Optional<String> askSecretly(String prompt);
}
