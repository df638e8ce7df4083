package io.platform.slug.archive;

/**
 * The description of a file in an archive.
 *
 * @param name without a slash at its end
 * @param target of links; empty for all else
 * @param mode nine bits
 * @param seconds since 1970, when it was modified
 * @param size of the content, in bytes
 */
record TarEntry(Kind kind, PathBytes name, PathBytes target, int mode, long seconds, long size) {
  /** The kinds of entries. */
  enum Kind {
    FILE,
    DIRECTORY,
    SYMBOLIC_LINK,
    HARD_LINK,
    /** A device, a pipe, a file with holes, or what nobody knows. */
    OTHER
  }

  TarEntry withName(PathBytes other) {
    return new TarEntry(kind, other, target, mode, seconds, size);
  }

  TarEntry withTarget(PathBytes other) {
    return new TarEntry(kind, name, other, mode, seconds, size);
  }
}
