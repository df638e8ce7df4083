package io.platform.git.source;

/**
 * Limits for one tree.
 *
 * @param bytes of all its files together
 * @param entries files, links, directories and what {@code export-ignore} leaves out, together
 * @param depth directories within each other
 * @param pathBytes longest path: Linux takes 4,095 bytes, less what the build's directory needs
 * @param attributes of its {@code .gitattributes} files
 */
public record SourceLimits(
    long bytes, int entries, int depth, int pathBytes, Attributes attributes) {
  /** Linux: limits.h, NAME_MAX. */
  static final int NAME_BYTES = 255;

  /** Linux: limits.h, PATH_MAX, which counts a NUL at the end. */
  static final int LINK_BYTES = 4095;

  private static final int MIB = 1024 * 1024;

  /**
   * How much it may take to find what {@code export-ignore} and {@code export-subst} hold for.
   *
   * @param fileBytes one {@code .gitattributes}
   * @param bytes all of them together
   * @param rules that concern the two attributes and hold for one directory, macros included
   * @param steps comparisons of a pattern with a byte of a path, in the whole tree
   * @param substBytes a file with {@code export-subst}; expanded it may have 16 times as much
   */
  public record Attributes(int fileBytes, long bytes, int rules, long steps, int substBytes) {}

  /** Limits that nothing can pass are mistakes. */
  public SourceLimits {
    if (bytes < 1 || entries < 1 || depth < 1 || pathBytes < 1) {
      throw new IllegalArgumentException("a limit of a source is below 1");
    }
  }

  /**
   * 250,000 entries, 256 levels, paths of 3,072 bytes; 1 MiB in one {@code .gitattributes}, 64 MiB
   * in all, 2,000 rules, a billion steps, 1 MiB to substitute in.
   *
   * @param bytes of all files together
   */
  public static SourceLimits withBytes(long bytes) {
    return new SourceLimits(
        bytes, 250_000, 256, 3_072, new Attributes(MIB, 64L * MIB, 2_000, 1_000_000_000L, MIB));
  }
}
