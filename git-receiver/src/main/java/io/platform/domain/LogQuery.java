package io.platform.domain;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A query for lines of an app's log.
 *
 * @param processes whose lines; lines about the app as a whole belong to {@link
 *     ProcessSelector.All} only
 * @param sources at least one
 * @param after continues after this place; {@code since} and {@code tail} are ignored then
 * @param since no line from before
 * @param tail at most so many of the newest lines that fit the rest; empty for all
 * @param follow whether to continue with new lines until the reader disconnects
 */
public record LogQuery(
    ProcessSelector processes,
    Set<LogSource> sources,
    Optional<LogPosition> after,
    Optional<Instant> since,
    OptionalInt tail,
    boolean follow) {
  /** Refuses a negative number of lines. */
  public LogQuery {
    sources = Set.copyOf(sources);
    if (tail.isPresent() && tail.getAsInt() < 0) {
      throw new IllegalArgumentException("no number of lines: " + tail.getAsInt());
    }
  }

  /** Everything that there is of all sources, from the oldest line on. */
  public static LogQuery everything() {
    return new LogQuery(
        new ProcessSelector.All(),
        Set.of(LogSource.values()),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        false);
  }

  /** Everything from now on, as it comes. */
  public static LogQuery newLines() {
    return everything().withTail(0).withFollow(true);
  }

  /** This query, for at most so many of the newest lines. */
  public LogQuery withTail(int lines) {
    return new LogQuery(processes, sources, after, since, OptionalInt.of(lines), follow);
  }

  /** This query, with or without the lines to come. */
  public LogQuery withFollow(boolean following) {
    return new LogQuery(processes, sources, after, since, tail, following);
  }

  /** This query, from a place on. */
  public LogQuery continuedAfter(LogPosition position) {
    return new LogQuery(processes, sources, Optional.of(position), since, tail, follow);
  }

  /** Whether a line is wanted, as far as its source and its process tell. */
  public boolean wants(LogSource source, Optional<ProcessName> process) {
    return sources.contains(source)
        && (processes instanceof ProcessSelector.All
            || process.filter(processes::matches).isPresent());
  }
}
