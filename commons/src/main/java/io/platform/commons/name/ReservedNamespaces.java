package io.platform.commons.name;

import java.util.Set;

/** Names that no namespace may have, because the platform's own paths begin with them. */
public final class ReservedNamespaces {
  private static final Set<String> NAMES =
      Set.of(
          "api",
          "auth",
          "oauth",
          "objects",
          "readyz",
          "healthz",
          "metrics",
          "static",
          "well-known",
          "platform");

  private ReservedNamespaces() {}

  /** Whether the name is the platform's own. */
  public static boolean contain(String name) {
    return NAMES.contains(name);
  }
}
