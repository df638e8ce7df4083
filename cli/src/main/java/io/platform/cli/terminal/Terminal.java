package io.platform.cli.terminal;

import java.io.IOException;
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

  /** Takes over the keyboard and the screen; empty where they are not both a terminal. */
  default Optional<RawTerminal> takeOver() throws IOException {
    return Optional.empty();
  }

  /** The line that the user types; empty when the input ends. */
  Optional<String> ask(String prompt);

  /** The same without echo. */
  Optional<String> askSecretly(String prompt);
}
