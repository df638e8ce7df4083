package io.platform.domain;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So many processes, or so many percent of those that should run: {@code 1} or {@code 25%}.
 *
 * @param value 0 to 100
 */
public record ProcessShare(int value, boolean percent) {
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,3})(%?)");
  private static final int MOST = 100;

  /** Refuses what {@link #parse} does not read. */
  public ProcessShare {
    if (value < 0 || value > MOST) {
      throw new IllegalArgumentException("share of processes: " + value);
    }
  }

  /** The share that a text is, or empty where it is none. */
  public static Optional<ProcessShare> parse(String text) {
    Matcher share = TEXT.matcher(text);
    return share.matches() && Integer.parseInt(share.group(1)) <= MOST
        ? Optional.of(new ProcessShare(Integer.parseInt(share.group(1)), !share.group(2).isEmpty()))
        : Optional.empty();
  }

  /** Of so many processes, where a part of one counts as one. */
  public int roundedUp(int of) {
    return percent ? (of * value + MOST - 1) / MOST : value;
  }

  /** Of so many processes, where a part of one does not count. */
  public int roundedDown(int of) {
    return percent ? of * value / MOST : value;
  }

  @Override
  public String toString() {
    return percent ? value + "%" : Integer.toString(value);
  }
}
