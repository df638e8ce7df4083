package io.platform.git.pack;

/** A reason why a pack is refused. */
public sealed interface PackProblem {
  /** More objects than the limit. */
  record TooManyObjects(long objects, long limit) implements PackProblem {}

  /** The commits have more parents together than the limit. */
  record TooManyParents(long limit) implements PackProblem {}

  /**
   * A commit, tree or tag is larger than the limit.
   *
   * @param kind "commit", "tree" or "tag"
   */
  record ObjectTooLarge(String kind, long size, long limit) implements PackProblem {}

  /** An object that is a delta, or a base of one, is too large to be rebuilt in memory. */
  record DeltaTooLarge(long size, long limit) implements PackProblem {}

  /** An object depends on too many deltas, or on too much data. */
  record ChainTooLong(int depth, long bytes) implements PackProblem {}

  /** Trees that lie one in another are too large together. */
  record NestedTreesTooLarge(long limit) implements PackProblem {}

  /** All objects together unpack to more than the limit. */
  record UnpacksTooLarge(long limit) implements PackProblem {}

  /** The pack alone needs more memory than all receives may have. */
  record TooMuchMemory(long needed, long limit) implements PackProblem {}

  /** Other packs held the memory for too long. */
  record NoMemoryLeft() implements PackProblem {}

  /**
   * The pack is not as the format has it.
   *
   * @param what ends the sentence "The pack …"
   */
  record Malformed(String what) implements PackProblem {}
}
