package io.platform.slug.archive;

/**
 * Limits for unpacking an archive, so that a small one cannot fill a disk.
 *
 * @param bytes of all files together, unpacked
 * @param entries files, links and directories together
 */
public record TreeLimits(long bytes, long entries) {
  private static final long GIB = 1024L * 1024 * 1024;

  /** Limits that nothing can pass are mistakes. */
  public TreeLimits {
    if (bytes < 1 || entries < 1) {
      throw new IllegalArgumentException("a limit of an archive is below 1");
    }
  }

  /** 16 GiB in a million entries: for what a build made, a slug or a cache. */
  public static TreeLimits defaults() {
    return new TreeLimits(16 * GIB, 1_000_000);
  }

  /** For a source, whose bytes the platform tells; its entries were counted before. */
  static TreeLimits source(long bytes) {
    return new TreeLimits(bytes, defaults().entries());
  }
}
