package io.platform.domain;

import java.util.Optional;
import java.util.regex.Pattern;

/** How people name an app: {@code namespace/name}. Both parts follow {@link #RULE}. */
public record AppPath(String namespace, String name) implements Comparable<AppPath> {
  /** What a name of an app or a namespace looks like; it also fits a DNS label. */
  public static final Pattern RULE = Pattern.compile("[a-z]([a-z0-9-]{0,28}[a-z0-9])?");

  /** Refuses names that break the rule. */
  public AppPath {
    if (!RULE.matcher(namespace).matches()) {
      throw new IllegalArgumentException(explain("namespace", namespace));
    }
    if (!RULE.matcher(name).matches()) {
      throw new IllegalArgumentException(explain("app name", name));
    }
  }

  /** The path, or empty where one of the parts can be no name. */
  public static Optional<AppPath> of(String namespace, String name) {
    return RULE.matcher(namespace).matches() && RULE.matcher(name).matches()
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
