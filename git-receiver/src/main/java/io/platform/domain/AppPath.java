package io.platform.domain;

import io.platform.commons.name.NameRule;
import java.util.Optional;

/**
 * The path of an app, as people name it: {@code namespace/name}. Both parts follow {@link
 * NameRule}.
 */
public record AppPath(String namespace, String name) implements Comparable<AppPath> {
  /** Refuses names that break the rule. */
  public AppPath {
    if (!NameRule.allows(namespace)) {
      throw new IllegalArgumentException(explain("namespace", namespace));
    }
    if (!NameRule.allows(name)) {
      throw new IllegalArgumentException(explain("app name", name));
    }
  }

  /** The path, or empty where one of the parts can be no name. */
  public static Optional<AppPath> of(String namespace, String name) {
    return NameRule.allows(namespace) && NameRule.allows(name)
        ? Optional.of(new AppPath(namespace, name))
        : Optional.empty();
  }

  private static String explain(String what, String value) {
    return "'%s' is no %s: use 1 to 30 lower-case letters, digits and dashes, with a letter first and no dash last"
        .formatted(value, what);
  }

  @Override
  public int compareTo(AppPath other) {
    int byNamespace = namespace.compareTo(other.namespace);
    return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
