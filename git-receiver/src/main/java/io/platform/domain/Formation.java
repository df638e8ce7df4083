package io.platform.domain;

import io.platform.slug.ProcessTypes;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many processes of which type an app runs. It belongs to the app, not to a release.
 *
 * @param scales process type to scale, for the types that somebody has scaled
 */
public record Formation(SortedMap<String, Scale> scales) {
  /** Nothing was scaled: one web process runs. */
  public static final Formation UNSCALED = new Formation(new TreeMap<>());

  /** Copies the map. */
  public Formation {
    scales = Collections.unmodifiableSortedMap(new TreeMap<>(scales));
  }

  /** What somebody wants of a type; empty where nobody has said. */
  public Optional<Scale> scale(String type) {
    return Optional.ofNullable(scales.get(type));
  }

  /** How many processes of a type run: one of web and none of others unless somebody says. */
  public int quantity(String type) {
    return scale(type).map(Scale::quantity).orElse(type.equals(ProcessTypes.WEB) ? 1 : 0);
  }

  /** How large each process of a type is. */
  public ProcessSize size(String type) {
    return scale(type).map(Scale::size).orElse(ProcessSize.STANDARD);
  }

  /** This formation with another scale of a type. */
  public Formation with(String type, Scale scale) {
    SortedMap<String, Scale> changed = new TreeMap<>(scales);
    changed.put(type, scale);
    return new Formation(changed);
  }
}
