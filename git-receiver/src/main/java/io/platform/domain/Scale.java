package io.platform.domain;

/**
 * The quantity and size of the processes of one type.
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
