package io.platform.cli.command.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The variables of an environment file.
 *
 * @param vars values by name, in the order of the file; of a name that is there twice, the last
 * @param wrong the lines that cannot be read
 */
record EnvFile(Map<String, String> vars, List<WrongLine> wrong) {
  EnvFile {
    vars = Collections.unmodifiableMap(new LinkedHashMap<>(vars));
    wrong = List.copyOf(wrong);
  }

  /**
   * A line that cannot be read. Nothing of it is repeated, because it may be a part of a secret.
   *
   * @param number from 1
   * @param why what is wrong, as the rest of a sentence about the line
   */
  record WrongLine(int number, String why) {}

  /** Values are secrets. */
  @Override
  public String toString() {
    return "EnvFile" + vars.keySet();
  }
}
