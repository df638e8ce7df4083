package io.platform.commons.name;

import java.util.regex.Pattern;

/**
 * The rule for names of config vars: what a POSIX shell can export (POSIX.1-2017, volume XBD,
 * section 3.235), and at most 128 characters.
 */
public final class VariableNameRule {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

  private VariableNameRule() {}

  /** Whether a config var may have this name. */
  public static boolean allows(String name) {
    return NAME.matcher(name).matches();
  }
}
