package io.platform.domain;

import io.platform.slug.ProcessTypes;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The quantity and size of each process type of an app. It belongs to the app, not to a release.
 *
 * @param quantities by process type, where somebody has said how many
 * @param sizes by process type, where somebody has said how large
 */
public record Formation(
    SortedMap<String, Integer> quantities, SortedMap<String, ProcessSize> sizes) {
  /** Nothing was scaled: one web process runs. */
  public static final Formation UNSCALED = new Formation(new TreeMap<>(), new TreeMap<>());

  /** Copies the maps; a size that is the platform's own is none that somebody has chosen. */
  public Formation {
    quantities = Collections.unmodifiableSortedMap(new TreeMap<>(quantities));
    if (quantities.values().stream().anyMatch(quantity -> quantity < 0)) {
      throw new IllegalArgumentException("quantities are " + quantities);
    }
    SortedMap<String, ProcessSize> chosen = new TreeMap<>(sizes);
    chosen.values().removeIf(ProcessSize.STANDARD::equals);
    sizes = Collections.unmodifiableSortedMap(chosen);
  }

  /** How many somebody wants of a type; empty where nobody has said. */
  public Optional<Integer> scaledTo(String type) {
    return Optional.ofNullable(quantities.get(type));
  }

  /** How many processes of a type run: one of web and none of others unless somebody says. */
  public int quantity(String type) {
    return scaledTo(type).orElse(type.equals(ProcessTypes.WEB) ? 1 : 0);
  }

  /** How large each process of a type is. */
  public ProcessSize size(String type) {
    ProcessSize size = sizes.get(type);
    return size == null ? ProcessSize.STANDARD : size;
  }

  /** The types that somebody has said something about. */
  public SortedSet<String> types() {
    SortedSet<String> types = new TreeSet<>(quantities.keySet());
    types.addAll(sizes.keySet());
    return types;
  }

  /** This formation with another scale of a type. */
  public Formation with(String type, Scale scale) {
    return withQuantity(type, scale.quantity()).withSize(type, scale.size());
  }

  /** This formation with another number of processes of a type. */
  public Formation withQuantity(String type, int quantity) {
    SortedMap<String, Integer> changed = new TreeMap<>(quantities);
    changed.put(type, quantity);
    return new Formation(changed, sizes);
  }

  /** This formation with processes of another size of a type. */
  public Formation withSize(String type, ProcessSize size) {
    SortedMap<String, ProcessSize> changed = new TreeMap<>(sizes);
    changed.put(type, size);
    return new Formation(quantities, changed);
  }
}
