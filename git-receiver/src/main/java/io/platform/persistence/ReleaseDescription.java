package io.platform.persistence;

import io.platform.domain.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Tells in words what made a release. Values of config vars are secrets: names only. */
final class ReleaseDescription {
  private ReleaseDescription() {}

  static String reconfigured(Config before, Config after) {
    List<String> set =
        after.vars().entrySet().stream()
            .filter(entry -> !entry.getValue().equals(before.vars().get(entry.getKey())))
            .map(Map.Entry::getKey)
            .toList();
    TreeSet<String> unset = new TreeSet<>(before.vars().keySet());
    unset.removeAll(after.vars().keySet());
    List<String> parts = new ArrayList<>();
    if (!set.isEmpty()) {
      parts.add("Set " + String.join(", ", set));
    }
    if (!unset.isEmpty()) {
      parts.add((parts.isEmpty() ? "Unset " : "unset ") + String.join(", ", unset));
    }
    return String.join(" and ", parts) + " config vars";
  }
}
