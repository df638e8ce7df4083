package io.platform.cli.terminal;

import java.util.Optional;
import java.util.OptionalInt;

/** The person at the keyboard, if there is one. */
public interface Terminal {

  boolean isInteractive();

  /** Whether standard output goes to a terminal, wherever standard input comes from. */
  boolean showsOutput();

  /** The same of standard error. */
  boolean showsErrors();

  /** How many characters a line has; empty where that is not known. */
  OptionalInt width();

  /** The line that the user types; empty when the input ends. */
  Optional<String> ask(String prompt);

  /** The same without echo. */
  Optional<String> askSecretly(String prompt);
}
