package io.platform.domain;

import java.util.List;

/**
 * A fault of a tree that cannot be deployed. Paths are as git prints them; of one that is longer
 * than 200 characters, begin and end are kept, since the rest tells nothing more.
 */
public sealed interface SourceFault {
  /** The kinds of faults that paths have. */
  enum Kind {
    /** A commit of another repository, whose files were not pushed. */
    SUBMODULE,
    /** A small text that Git LFS put in place of the file, whose content was not uploaded. */
    LFS_POINTER,
    /** A link that leads out of the tree and is named as a file that the platform reads. */
    LINK_LEADS_OUT,
    /** A link whose target is empty, has a NUL, or is longer than Linux takes. */
    LINK_TARGET,
    /** A name of more than 255 bytes. */
    LONG_NAME,
    /** A placeholder in a file with {@code export-subst} that the platform does not expand. */
    PLACEHOLDER
  }

  /** What is bounded. */
  enum Limit {
    BYTES,
    ENTRIES,
    DEPTH,
    PATH_BYTES,
    ATTRIBUTES_FILE_BYTES,
    ATTRIBUTES_BYTES,
    ATTRIBUTES_RULES,
    ATTRIBUTES_STEPS,
    SUBSTITUTED_BYTES
  }

  /**
   * Paths that share a fault.
   *
   * @param paths the first few of them
   * @param count all of them
   */
  record Offence(Kind kind, List<String> paths, int count) implements SourceFault {
    /** Shortens the paths. */
    public Offence {
      paths = paths.stream().map(SourceFault::shortened).toList();
    }
  }

  /**
   * The tree goes over a limit.
   *
   * @param most the limit
   * @param path where that was seen; empty for the tree itself
   */
  record OverLimit(Limit limit, long most, String path) implements SourceFault {
    /** Shortens the path. */
    public OverLimit {
      path = shortened(path);
    }
  }

  private static String shortened(String path) {
    return path.length() <= 200
        ? path
        : path.substring(0, 120) + "…" + path.substring(path.length() - 60);
  }
}
