package io.platform.domain;

import io.platform.slug.ProcessTypes;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The process types and quantities that should run of a release.
 *
 * @param scales every process type that the release can run, those with no process included
 */
public record ProcessPlan(SortedMap<String, Scale> scales) {
  /** Copies the map. */
  public ProcessPlan {
    scales = Collections.unmodifiableSortedMap(new TreeMap<>(scales));
  }

  /**
   * The plan for a release with these process types. What was scaled and is no type of it has no
   * effect; a {@code release} process is a command of the release, and none that keeps running.
   */
  public static ProcessPlan of(Formation formation, ProcessTypes types) {
    SortedMap<String, Scale> scales = new TreeMap<>();
    for (String type : types.names()) {
      if (!type.equals(ProcessTypes.RELEASE)) {
        scales.put(type, new Scale(formation.quantity(type), formation.size(type)));
      }
    }
    return new ProcessPlan(scales);
  }

  /** Whether the release can run processes of a type. */
  public boolean has(String type) {
    return scales.containsKey(type);
  }

  /** How many processes of a type should run; 0 where the release has no such type. */
  public int quantity(String type) {
    Scale scale = scales.get(type);
    return scale == null ? 0 : scale.quantity();
  }

  /** How many processes of all types should run. */
  public int total() {
    return scales.values().stream().mapToInt(Scale::quantity).sum();
  }
}
