package io.platform.git.source;

import java.util.List;

/**
 * A line of {@code .gitattributes}.
 *
 * @param settings in the order of the line
 */
record AttributeRule(AttributePattern pattern, List<Setting> settings) {
  /** The states in which a line can put an attribute. */
  enum State {
    /** {@code name} */
    SET,
    /** {@code -name}, {@code !name}, {@code name=value}: not set, as far as an archive goes. */
    NOT_SET
  }

  /** One attribute and its state. */
  record Setting(String attribute, State state) {}
}
