package io.platform.cli;

import io.platform.cli.command.Terminal;
import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;

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

  /**
   * As {@code test -t 1} tells it: the JDK has a console only where standard input is a terminal,
   * too. Where there is no such program, it is taken for one, for what may go to a file may not
   * always go to a terminal.
   */
  @Override
  public boolean showsOutput() {
    if (isInteractive()) {
      return true;
    }
    try {
      return new ProcessBuilder("test", "-t", "1").inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** As {@code stty size} tells it, for the JDK has no way to ask. */
  @Override
  public OptionalInt width() {
    try {
      var stty = new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty")).start();
      var said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      var size = said.strip().split(" ", 2);
      return stty.waitFor() == 0 && size.length == 2
          ? OptionalInt.of(Integer.parseInt(size[1]))
          : OptionalInt.empty();
    } catch (IOException | NumberFormatException e) {
      return OptionalInt.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    }
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
