package io.platform.slug;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * The times that the steps of a build took, as its builder saw it. In JSON: milliseconds by {@link
 * Step#label()}.
 */
public record StepTimes(Map<Step, Duration> times) {
  private static final Duration LONGEST = Duration.ofDays(7);

  public StepTimes {
    times = Map.copyOf(times);
  }

  /** Of a builder that measured nothing. */
  public static StepTimes none() {
    return new StepTimes(Map.of());
  }

  /** Adds the member {@code steps} to a report, unless nothing was measured. */
  JsonObject addTo(JsonObject report) {
    return times.isEmpty() ? report : report.with("steps", toJson());
  }

  private JsonObject toJson() {
    JsonObject json = new JsonObject();
    for (Step step : Step.values()) {
      Duration time = times.get(step);
      if (time != null) {
        json.with(step.label(), time.toMillis());
      }
    }
    return json;
  }

  /** Leaves out steps that this version does not know, and times that no build takes. */
  static StepTimes from(JsonObject json) throws BadFormatException {
    Map<Step, Duration> times = new EnumMap<>(Step.class);
    for (Step step : Step.values()) {
      if (json.has(step.label())) {
        Duration time = Duration.ofMillis(json.number(step.label()));
        if (!time.isNegative() && time.compareTo(LONGEST) <= 0) {
          times.put(step, time);
        }
      }
    }
    return new StepTimes(times);
  }
}
