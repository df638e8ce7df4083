package io.platform.domain;

/** The size of a terminal in characters. */
public record TerminalSize(int columns, int rows) {
  private static final int MOST = 10_000;

  /** Makes what is outside of 1 to 10,000 fit: a terminal may tell nothing, or nonsense. */
  public TerminalSize {
    columns = Math.clamp(columns, 1, MOST);
    rows = Math.clamp(rows, 1, MOST);
  }
}
