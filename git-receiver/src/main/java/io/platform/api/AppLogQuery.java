package io.platform.api;

import io.javalin.http.Context;
import io.platform.commons.http.Problem;
import io.platform.domain.LogPosition;
import io.platform.domain.LogQuery;
import io.platform.domain.LogSource;
import io.platform.domain.ProcessSelector;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads which lines of an app's log a request wants. */
final class AppLogQuery {
  private static final int USUAL_TAIL = 100;
  private static final int LONGEST_TAIL = 1_000_000;
  private static final Pattern AGO = Pattern.compile("([0-9]{1,9})([smhd])");

  private AppLogQuery() {}

  static LogQuery of(Context ctx, Instant now) {
    Optional<Instant> since = text(ctx, "since").map(text -> since(text, now));
    return new LogQuery(
        text(ctx, "process").map(AppLogQuery::selector).orElseGet(ProcessSelector.All::new),
        text(ctx, "source").map(AppLogQuery::sources).orElseGet(() -> Set.of(LogSource.values())),
        after(ctx),
        since,
        tail(ctx, since.isPresent()),
        QueryParameters.flag(ctx, "follow"));
  }

  private static Optional<LogPosition> after(Context ctx) {
    Optional<String> id = Optional.ofNullable(ctx.header("Last-Event-ID"));
    return id.filter(text -> !text.isEmpty())
        .or(() -> text(ctx, "after"))
        .map(text -> {
          if (!LogPosition.isValid(text)) {
            throw new Problem(
                400,
                "'%s' is no position in a log: send one that came with a line of it."
                    .formatted(text));
          }
          return new LogPosition(text);
        });
  }

  private static OptionalInt tail(Context ctx, boolean since) {
    if (since && text(ctx, "tail").isEmpty()) {
      return OptionalInt.empty();
    }
    return OptionalInt.of((int) QueryParameters.number(ctx, "tail", USUAL_TAIL, 0, LONGEST_TAIL));
  }

  private static ProcessSelector selector(String text) {
    return ProcessSelector.parse(text)
        .orElseThrow(() ->
            new Problem(
                400,
                "The query parameter 'process' is '%s': it is a process type such as web, or a process such as web.1."
                    .formatted(text)));
  }

  private static Set<LogSource> sources(String text) {
    Set<LogSource> sources = EnumSet.noneOf(LogSource.class);
    for (String word : text.split(",", -1)) {
      sources.add(
          LogSource.of(word)
              .orElseThrow(() ->
                  new Problem(
                      400,
                      "The query parameter 'source' has '%s': it is app, platform or router, or several with commas between them."
                          .formatted(word))));
    }
    return sources;
  }

  private static Instant since(String text, Instant now) {
    Matcher ago = AGO.matcher(text);
    try {
      if (!ago.matches()) {
        return OffsetDateTime.parse(text).toInstant();
      }
      long count = Long.parseLong(ago.group(1));
      return now.minus(
          switch (ago.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
          });
    } catch (DateTimeException | ArithmeticException e) {
      throw new Problem(
          400,
          "The query parameter 'since' is '%s': it is a time ago such as 90s, 10m, 2h or 1d, or a time such as 2026-11-27T12:00:00Z."
              .formatted(text));
    }
  }

  private static Optional<String> text(Context ctx, String name) {
    return Optional.ofNullable(ctx.queryParam(name)).filter(text -> !text.isEmpty());
  }
}
