package io.platform.domain;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of one process of an app, such as {@code web.1}: what users see, and what they name it
 * by.
 *
 * @param type its process type
 * @param instance which of the type: a number from 1 on where the platform numbers processes, the
 *     end of the pod's name on Kubernetes
 */
public record ProcessName(String type, String instance) implements Comparable<ProcessName> {
  private static final Pattern NAME = Pattern.compile("([A-Za-z0-9_-]+)\\.([A-Za-z0-9-]+)");
  private static final Comparator<ProcessName> ORDER =
      Comparator.comparing((ProcessName name) -> !name.type.equals("web"))
          .thenComparing(ProcessName::type)
          .thenComparingInt(name -> name.number().orElse(Integer.MAX_VALUE))
          .thenComparing(ProcessName::instance);

  /** Refuses what {@link #parse} does not read again. */
  public ProcessName {
    if (!NAME.matcher(type + "." + instance).matches()) {
      throw new IllegalArgumentException("no process: " + type + "." + instance);
    }
  }

  /** A process that has a number, from 1 on. */
  public static ProcessName numbered(String type, int number) {
    return new ProcessName(type, Integer.toString(number));
  }

  /** The name that a text is, or empty where it is none. */
  public static Optional<ProcessName> parse(String text) {
    Matcher name = NAME.matcher(text);
    return name.matches()
        ? Optional.of(new ProcessName(name.group(1), name.group(2)))
        : Optional.empty();
  }

  /** Its number, where it has one. */
  public Optional<Integer> number() {
    return instance.matches("[1-9][0-9]{0,8}")
        ? Optional.of(Integer.valueOf(instance))
        : Optional.empty();
  }

  /** {@code web} first, then by type, then by number. */
  @Override
  public int compareTo(ProcessName other) {
    return ORDER.compare(this, other);
  }

  /** {@code web.1}. */
  @Override
  public String toString() {
    return type + "." + instance;
  }
}
