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
  private final Optional<String> terminals;

  /**
   * The terminal on which {@code prompts} are shown.
   *
   * @param terminals the numbers of those of the streams 1 and 2 that are terminals, where that is
   *     known
   */
  ConsoleTerminal(PrintStream prompts, Optional<String> terminals) {
    this.prompts = prompts;
    this.terminals = terminals;
  }

  @Override
  public boolean isInteractive() {
    return console().isPresent();
  }

  @Override
  public boolean showsOutput() {
    return isTerminal("1");
  }

  @Override
  public boolean showsErrors() {
    return isTerminal("2");
  }

  /**
   * As the start script found, or else as {@code test -t} tells it: the JDK has a console only
   * where input and output are both terminals. Where there is no such program, it is taken for one,
   * for what may go to a file may not always go to a terminal.
   *
   * @param descriptor the number of the stream
   */
  private boolean isTerminal(String descriptor) {
    return terminals
        .map(known -> known.contains(descriptor))
        .orElseGet(() -> {
          try {
            return new ProcessBuilder("test", "-t", descriptor).inheritIO().start().waitFor() == 0;
          } catch (IOException e) {
            return true;
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
          }
        });
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
