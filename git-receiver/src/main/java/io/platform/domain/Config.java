package io.platform.domain;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Config vars: names to values. The values are secrets: {@link #toString} shows names only. */
public record Config(SortedMap<String, String> vars) {
  /** No config vars. */
  public static final Config EMPTY = new Config(new TreeMap<>());

  /** Copies the map. */
  public Config {
    vars = Collections.unmodifiableSortedMap(new TreeMap<>(vars));
  }

  /** The config with the change applied: a present value sets, an empty one unsets. */
  public Config with(Map<String, Optional<String>> change) {
    SortedMap<String, String> changed = new TreeMap<>(vars);
    change.forEach((name, value) ->
        value.ifPresentOrElse(v -> changed.put(name, v), () -> changed.remove(name)));
    return new Config(changed);
  }

  @Override
  public String toString() {
    return "Config" + vars.keySet();
  }
}
