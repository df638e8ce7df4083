package io.platform.cli.command;

import io.platform.cli.client.HttpClients;
import io.platform.cli.terminal.Terminal;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The environment of a command: variables, directory, terminal and streams.
 *
 * @param env the environment's variables by name
 * @param directory where the user stands
 * @param time the time
 * @param zone where times are shown as on the clock; asked for only when one is, for it is slow to
 *     find out
 * @param clients to servers; closed when the command has ended
 */
public record CommandContext(
    Function<String, @Nullable String> env,
    InputStream in,
    PrintStream out,
    PrintStream err,
    Path directory,
    Terminal terminal,
    InstantSource time,
    Supplier<ZoneId> zone,
    HttpClients clients) {
  private static final int USUAL_WIDTH = 80;

  /** The least that picocli takes. */
  private static final int LEAST_WIDTH = 55;

  private static final int MOST_WIDTH = 120;

  /** An environment variable; empty where it is not set or empty. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(env.apply(name))
        .filter(it -> !it.isEmpty())
        .map(it -> Utf8.decoded(it, "The environment variable " + name));
  }

  /**
   * A program to be started, in the user's own locale: the start script runs this command in a
   * UTF-8 one, and passes the user's {@code LC_ALL} on (empty where it is not set).
   */
  public ProcessBuilder process(List<String> command) {
    var builder = new ProcessBuilder(command);
    Optional.ofNullable(env.apply("PLATFORM_LC_ALL"))
        .ifPresent(own -> {
          builder.environment().remove("PLATFORM_LC_ALL");
          if (own.isEmpty()) {
            builder.environment().remove("LC_ALL");
          } else {
            builder.environment().put("LC_ALL", own);
          }
        });
    return builder;
  }

  /** {@code $XDG_CONFIG_HOME/platform}, or {@code ~/.config/platform}. */
  Path configDirectory() {
    return variable("XDG_CONFIG_HOME")
        .map(Path::of)
        .filter(Path::isAbsolute)
        .or(() -> variable("HOME").map(home -> Path.of(home, ".config")))
        .map(it -> it.resolve("platform"))
        .orElseThrow(() ->
            new CommandFailure(
                ExitCode.FAILED, "HOME is not set, so there is no place to keep logins."));
  }

  /**
   * How many characters a line of help has: as {@code COLUMNS} or the terminal says, 80 otherwise;
   * never so few or so many that it is hard to read.
   */
  public int helpWidth() {
    var columns =
        variable("COLUMNS").filter(it -> it.matches("[1-9]\\d{0,5}")).map(Integer::valueOf);
    int width =
        columns.orElseGet(
            () -> terminal.showsOutput() ? terminal.width().orElse(USUAL_WIDTH) : USUAL_WIDTH);
    return Math.clamp(width, LEAST_WIDTH, MOST_WIDTH);
  }

  /** How the user starts this command. */
  public String program() {
    return variable("PLATFORM_COMMAND").orElse("platform");
  }

  /** Whether standard output has colours. */
  public boolean colours() {
    return wantsColours() && terminal.showsOutput();
  }

  /** Whether standard error has colours. */
  public boolean errorColours() {
    return wantsColours() && terminal.showsErrors();
  }

  /**
   * Colours are for a terminal, and only where the user does not mind (<a
   * href="https://no-color.org">NO_COLOR</a>).
   */
  private boolean wantsColours() {
    return variable("NO_COLOR").isEmpty() && !variable("TERM").equals(Optional.of("dumb"));
  }
}
