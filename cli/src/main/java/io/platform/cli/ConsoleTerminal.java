package io.platform.cli;

import io.platform.cli.command.Terminal;
import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;

/**
 * The terminal of this process. Prompts go to standard error; the JVM restores the echo, also at
 * Ctrl-C.
 */
final class ConsoleTerminal implements Terminal {
  private final PrintStream prompts;

  ConsoleTerminal(PrintStream prompts) {
    this.prompts = prompts;
  }

  @Override
  public boolean isInteractive() {
    return console().isPresent();
  }

  @Override
  public Optional<String> ask(String prompt) {
    show(prompt);
    return console().map(Console::readLine);
  }

  @Override
  public Optional<String> askSecretly(String prompt) {
    show(prompt);
    return console().map(Console::readPassword).map(String::new);
  }

  private void show(String prompt) {
    prompts.print(prompt);
    prompts.flush();
  }

  /** Whether there is one without a terminal depends on the JDK's console provider. */
  @SuppressWarnings("SystemConsoleNull")
  private static Optional<Console> console() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }
}
