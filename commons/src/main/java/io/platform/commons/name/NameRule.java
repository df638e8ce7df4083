package io.platform.commons.name;

import java.util.regex.Pattern;

/**
 * The rule for names of apps and namespaces: 1 to 30 lower-case letters, digits and hyphens, with a
 * letter first and no hyphen last. Such a name fits a DNS label (RFC 1035, section 2.3.1).
 */
public final class NameRule {
  /** Characters. */
  public static final int MAXIMUM_LENGTH = 30;

  private static final Pattern NAME = Pattern.compile("[a-z]([a-z0-9-]{0,28}[a-z0-9])?");

  private NameRule() {}

  /** Whether an app or a namespace may have this name. */
  public static boolean allows(String name) {
    return NAME.matcher(name).matches();
  }
}
