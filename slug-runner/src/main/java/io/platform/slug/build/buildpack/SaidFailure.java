package io.platform.slug.build.buildpack;

import io.platform.commons.console.LineFormat;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Finds the last lines in which a buildpack says why it failed, each after {@code " ! "}. They wait
 * until it has ended: the report of a failed build carries them, and the platform writes them into
 * the log, where only it begins lines so.
 */
public final class SaidFailure implements Consumer<String> {
  /** More than a report has room for. */
  private static final int MOST_LINES = 100;

  private final Consumer<String> log;
  private final Deque<String> waiting = new ArrayDeque<>();

  /** Passes all other lines on to {@code log}. */
  public SaidFailure(Consumer<String> log) {
    this.log = log;
  }

  @Override
  public void accept(String line) {
    if (LineFormat.isError(line)) {
      waiting.addLast(line);
      if (waiting.size() > MOST_LINES) {
        log.accept(waiting.removeFirst());
      }
      return;
    }
    passOn();
    log.accept(line);
  }

  /** What the buildpack said, now that it has failed; empty where it said nothing. */
  public Optional<String> sentence() {
    return waiting.isEmpty()
        ? Optional.empty()
        : Optional.of(
            waiting.stream().map(LineFormat::errorText).collect(Collectors.joining("\n")));
  }

  /** What waits is output like any other: more came after it, or the buildpack did not fail. */
  public void passOn() {
    waiting.forEach(log);
    waiting.clear();
  }
}
