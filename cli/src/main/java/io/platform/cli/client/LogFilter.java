package io.platform.cli.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A filter for the lines of an app's log.
 *
 * @param process a process type or a process
 * @param source one or several, with commas between them
 * @param since a time, or a time ago such as {@code 10m}
 * @param tail how many of the newest lines
 */
public record LogFilter(
    boolean follow,
    Optional<String> process,
    Optional<String> source,
    Optional<String> since,
    Optional<Integer> tail) {

  /** As the API takes it. */
  Map<String, String> parameters() {
    var parameters = new LinkedHashMap<String, String>();
    if (follow) {
      parameters.put("follow", "true");
    }
    process.ifPresent(it -> parameters.put("process", it));
    source.ifPresent(it -> parameters.put("source", it));
    since.ifPresent(it -> parameters.put("since", it));
    tail.ifPresent(it -> parameters.put("tail", Integer.toString(it)));
    return parameters;
  }
}
