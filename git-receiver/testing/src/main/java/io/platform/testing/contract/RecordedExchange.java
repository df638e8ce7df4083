package io.platform.testing.contract;

import java.util.Optional;

/**
 * A request and its answer, as they were on the wire.
 *
 * @param query without the question mark, undecoded; empty where there is none
 * @param request the request's body
 * @param answer the answer's body
 */
public record RecordedExchange(
    String method, String path, String query, Body request, int status, Body answer) {

  /**
   * A body.
   *
   * @param type its Content-Type
   * @param text all of it, as UTF-8
   */
  public record Body(Optional<String> type, String text) {}

  @Override
  public String toString() {
    return "%s %s, answered with %d".formatted(method, path, status);
  }
}
