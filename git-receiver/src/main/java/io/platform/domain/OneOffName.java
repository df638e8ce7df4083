package io.platform.domain;

import java.util.Optional;
import java.util.random.RandomGenerator;

/** The names of one-off processes: {@code run.4711}. */
public final class OneOffName {
  /** What stands before the dot, and is the process type that a one-off process is told. */
  public static final String TYPE = "run";

  private static final int FIRST = 1000;
  private static final int LAST = 9999;

  private OneOffName() {}

  /** A name with a number of four digits, taken at random. */
  public static ProcessName random(RandomGenerator numbers) {
    return ProcessName.numbered(TYPE, numbers.nextInt(FIRST, LAST + 1));
  }

  /** The name that a text is; empty where it is not that of a one-off process. */
  public static Optional<ProcessName> parse(String text) {
    return ProcessName.parse(text).filter(OneOffName::is);
  }

  /** Whether it has the form of such a name; a process type of an app can be called so, too. */
  public static boolean is(ProcessName name) {
    return name.type().equals(TYPE) && name.number().filter(it -> it >= FIRST).isPresent();
  }
}
