package io.platform.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.platform.domain.ProcessShare;
import io.platform.domain.RolloutChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The body of a request that changes how releases are rolled out. A member that is null goes back
 * to the platform's own; one that is missing stays.
 *
 * @param malformed what could not be read, in sentences
 */
record RolloutBody(List<RolloutChange> changes, List<String> malformed) {
  private static final int MOST_SECONDS = 1_000_000;

  static RolloutBody read(ObjectNode json) {
    List<RolloutChange> changes = new ArrayList<>();
    List<String> malformed = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      String name = member.getKey();
      JsonNode value = member.getValue();
      Optional<RolloutChange> change =
          switch (name) {
            case "max_surge" -> share(value, RolloutChange.MaxSurge::new);
            case "max_unavailable" -> share(value, RolloutChange.MaxUnavailable::new);
            case "stop_grace_seconds" -> seconds(value);
            default -> Optional.empty();
          };
      change.ifPresentOrElse(changes::add, () -> malformed.add(sentence(name, value)));
    }
    return new RolloutBody(changes, malformed);
  }

  private static Optional<RolloutChange> share(
      JsonNode value, Function<Optional<ProcessShare>, RolloutChange> change) {
    if (value.isNull()) {
      return Optional.of(change.apply(Optional.empty()));
    }
    return value.isValueNode()
        ? ProcessShare.parse(value.asText()).map(share -> change.apply(Optional.of(share)))
        : Optional.empty();
  }

  private static Optional<RolloutChange> seconds(JsonNode value) {
    if (value.isNull()) {
      return Optional.of(new RolloutChange.StopGrace(Optional.empty()));
    }
    return value.isInt() && Math.abs(value.asInt()) <= MOST_SECONDS
        ? Optional.of(new RolloutChange.StopGrace(Optional.of(Duration.ofSeconds(value.asInt()))))
        : Optional.empty();
  }

  private static String sentence(String name, JsonNode value) {
    return switch (name) {
      case "max_surge", "max_unavailable" ->
          "%s is %s: send a number of processes from 0 to 100, or a share of them such as \"25%%\"."
              .formatted(name, value);
      case "stop_grace_seconds" ->
          "%s is %s: send a whole number of seconds.".formatted(name, value);
      default ->
          "There is nothing named %s: send max_surge, max_unavailable or stop_grace_seconds."
              .formatted(name);
    };
  }
}
