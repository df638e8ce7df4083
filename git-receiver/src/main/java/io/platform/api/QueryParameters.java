package io.platform.api;

import io.javalin.http.Context;
import io.platform.commons.http.Problem;

/** Reads query parameters. */
final class QueryParameters {
  private QueryParameters() {}

  /** A whole number within bounds, both included. */
  static long number(Context ctx, String name, long defaultValue, long min, long max) {
    String text = ctx.queryParam(name);
    if (text == null || text.isEmpty()) {
      return defaultValue;
    }
    return number(text, "The query parameter '%s'".formatted(name), min, max);
  }

  static long number(String text, String what, long min, long max) {
    if (text.matches("[0-9]{1,18}")) {
      long value = Long.parseLong(text);
      if (value >= min && value <= max) {
        return value;
      }
    }
    throw new Problem(
        400, "%s is '%s': it is a whole number from %d to %d.".formatted(what, text, min, max));
  }

  /** Whether a flag is set: {@code ?follow=true}, or {@code ?follow} alone. */
  static boolean flag(Context ctx, String name) {
    String text = ctx.queryParam(name);
    if (text == null || text.equals("false")) {
      return false;
    }
    if (text.isEmpty() || text.equals("true")) {
      return true;
    }
    throw new Problem(
        400, "The query parameter '%s' is '%s': it is true or false.".formatted(name, text));
  }
}
