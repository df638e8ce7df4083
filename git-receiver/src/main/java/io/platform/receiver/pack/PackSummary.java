package io.platform.receiver.pack;

import org.eclipse.jgit.lib.ObjectId;

/**
 * What a pack holds, as counted while it was read.
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

  private static final long FIXED = 1024 * 1024;

  /** Most heap that is held while the objects are rebuilt, checked and indexed. */
  long memory(PackLimits limits) {
    long tables = (long) ObjectTable.BYTES_EACH * (objects + refDeltas);
    long trees = Math.max(checked, Math.min(rebuilt, limits.treeBytes()));
    long outside = refDeltas == 0 ? 0 : rebuilt;
    return FIXED + tables + CHECKED_TIMES * trees + 2 * rebuilt + outside + cache(limits);
  }

  /** How much is kept of results that other deltas build upon. */
  long cache(PackLimits limits) {
    return Math.min(results, limits.deltaBytes());
  }
}
