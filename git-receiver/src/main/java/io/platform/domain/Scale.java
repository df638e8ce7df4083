package io.platform.domain;

/**
 * How many processes of a type run, and how large each is.
 *
 * @param quantity 0 for none
 */
public record Scale(int quantity, ProcessSize size) {
  /** Refuses fewer than none. */
  public Scale {
    if (quantity < 0) {
      throw new IllegalArgumentException("quantity is " + quantity);
    }
  }
}
