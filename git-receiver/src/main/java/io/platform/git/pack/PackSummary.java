package io.platform.git.pack;

import org.eclipse.jgit.lib.ObjectId;

/**
 * The counts and sizes of a pack's objects.
 *
 * @param refDeltas deltas that name their base, which may be outside of the pack
 * @param checked the largest commit, tree or tag that is no delta, in bytes
 * @param rebuilt the largest result or base of a delta, in bytes
 * @param results results of all deltas together, in bytes
 * @param unpacked all that was and will be inflated, in bytes
 * @param end how long the pack is, without the digest at its end
 */
record PackSummary(
    int objects,
    int deltas,
    int refDeltas,
    long checked,
    long rebuilt,
    long results,
    long unpacked,
    long end,
    ObjectId digest) {
  /** A checker keeps each name of a tree, in two forms, while it looks for duplicates. */
  private static final int CHECKED_TIMES = 6;

  /** JGit makes a base outside of the pack of a base and a delta of its own. */
  private static final int OUTSIDE_TIMES = 3;

  private static final long FIXED = 1024 * 1024;

  /** Most heap that is held while the objects are rebuilt, checked and indexed. */
  long memory(PackLimits limits) {
    return needed(limits) + cache(limits);
  }

  /**
   * How much is kept of results that other deltas build upon: what is left of the memory, as it
   * saves time and nothing else.
   */
  long cache(PackLimits limits) {
    long left = limits.memoryBytes() - needed(limits);
    return Math.clamp(Math.min(results, limits.deltaBytes()), 0, Math.max(0, left));
  }

  /** A delta needs its base and its result, and a tree with both what a checker keeps of it. */
  private long needed(PackLimits limits) {
    long tables = (long) ObjectTable.BYTES_EACH * (objects + refDeltas);
    long tree = Math.min(rebuilt, limits.treeBytes());
    long checking = Math.max((1 + CHECKED_TIMES) * checked, (2 + CHECKED_TIMES) * tree);
    long rebuilding = (refDeltas == 0 ? 2 : OUTSIDE_TIMES) * rebuilt;
    return FIXED + tables + Math.max(checking, rebuilding);
  }
}
