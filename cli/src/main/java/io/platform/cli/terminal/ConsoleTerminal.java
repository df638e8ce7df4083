package io.platform.cli.terminal;

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
public final class ConsoleTerminal implements Terminal {
  private final PrintStream prompts;
  private final Optional<String> terminals;

  /**
   * The terminal on which {@code prompts} are shown.
   *
   * @param terminals which of the streams 1 and 2 are terminals, as {@code "12"} or a part of it,
   *     where that is known
   */
  public ConsoleTerminal(PrintStream prompts, Optional<String> terminals) {
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
   * Whether a stream is a terminal, as the start script found out, or else {@code test -t}: the JDK
   * has a console only where input and output are both terminals. Without that program the answer
   * is yes, since what is safe to show on a terminal is safe in a file.
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

  /** Asks {@code stty size}, since the JDK has no method for it. */
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
  public Optional<RawTerminal> takeOver() throws IOException {
    return isInteractive() ? Optional.of(SystemRawTerminal.open()) : Optional.empty();
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

  /** Some of the JDK's console providers return a console without a terminal. */
  @SuppressWarnings("SystemConsoleNull")
  private static Optional<Console> console() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }
}
