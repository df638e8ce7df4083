package io.platform.domain;

import java.util.Optional;
import java.util.regex.Pattern;

/** Selects processes of an app. Their text is what {@link #parse} reads. */
public sealed interface ProcessSelector {
  /** All of them. */
  record All() implements ProcessSelector {
    private static final String TEXT = "*";

    @Override
    public String toString() {
      return TEXT;
    }
  }

  /** Those of one type. */
  record OfType(String type) implements ProcessSelector {
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_-]+");

    /** Refuses what is no name of a type. */
    public OfType {
      if (!TYPE.matcher(type).matches()) {
        throw new IllegalArgumentException("no process type: " + type);
      }
    }

    @Override
    public String toString() {
      return type;
    }
  }

  /** One process. */
  record One(ProcessName name) implements ProcessSelector {
    @Override
    public String toString() {
      return name.toString();
    }
  }

  /** Reads {@code *}, {@code web} or {@code web.1}; empty where the text is none of them. */
  static Optional<ProcessSelector> parse(String text) {
    if (text.equals(All.TEXT)) {
      return Optional.of(new All());
    }
    if (OfType.TYPE.matcher(text).matches()) {
      return Optional.of(new OfType(text));
    }
    return ProcessName.parse(text).map(One::new);
  }

  /** Whether a process is meant. */
  default boolean matches(ProcessName process) {
    return switch (this) {
      case All() -> true;
      case OfType(String type) -> type.equals(process.type());
      case One(ProcessName name) -> name.equals(process);
    };
  }

  /** Whether whatever the other one matches is matched by this one, too. */
  default boolean covers(ProcessSelector other) {
    return switch (other) {
      case All() -> this instanceof All;
      case OfType type -> this instanceof All || equals(type);
      case One(ProcessName name) -> matches(name);
    };
  }
}
