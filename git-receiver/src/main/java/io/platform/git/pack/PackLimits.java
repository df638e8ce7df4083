package io.platform.git.pack;

/**
 * Limits for one pack, and the memory for all packs together.
 *
 * @param packBytes largest pack, as it comes over the wire
 * @param blobBytes largest blob, unpacked
 * @param treeBytes largest tree; it is held whole to be checked
 * @param treePathBytes most bytes of trees that lie one in another; whoever walks through them
 *     holds them
 * @param commitBytes largest commit or annotated tag; they are held whole to be checked
 * @param deltaBytes largest object that is a delta or the base of one; whoever reads it holds it
 *     whole
 * @param objects most objects
 * @param chainDepth most deltas between an object and what it is made from
 * @param chainBytes all objects of one chain of deltas together, unpacked: what it costs to read
 *     its last
 * @param unpackedBytes all objects together, unpacked
 * @param memoryBytes heap for all receives together
 */
public record PackLimits(
    long packBytes,
    long blobBytes,
    int treeBytes,
    int treePathBytes,
    int commitBytes,
    int deltaBytes,
    int objects,
    int chainDepth,
    long chainBytes,
    long unpackedBytes,
    long memoryBytes) {
  /** More than that no limit of objects may be. */
  public static final int MOST_OBJECTS = 10_000_000;

  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;
  private static final long GIB = 1024L * MIB;

  /** Limits that nothing can pass are mistakes. */
  public PackLimits {
    if (objects > MOST_OBJECTS) {
      throw new IllegalArgumentException("the limit of objects is above " + MOST_OBJECTS);
    }
    if (packBytes < 1 || blobBytes < 1 || unpackedBytes < 1 || objects < 1) {
      throw new IllegalArgumentException("a limit of a pack is below 1");
    }
  }

  /**
   * The limits for the heap of this JVM: packs of 4 GiB, blobs of 2 GiB, 16 GiB unpacked, an object
   * for each KiB of heap, and a quarter of the heap for all receives.
   */
  public static PackLimits defaults() {
    return forHeap(Runtime.getRuntime().maxMemory());
  }

  /** The limits for a heap of so many bytes. */
  public static PackLimits forHeap(long heap) {
    return new PackLimits(
        4 * GIB,
        2 * GIB,
        Math.clamp(heap / 64, 4 * MIB, 16 * MIB),
        Math.clamp(heap / 32, 8 * MIB, 32 * MIB),
        MIB,
        Math.clamp(heap / 16, 4 * MIB, 50 * MIB),
        Math.clamp(heap / KIB, 100_000, 4_000_000),
        250,
        GIB,
        16 * GIB,
        heap / 4);
  }

  /** The same for other sizes of packs and blobs. */
  public PackLimits withSizes(long pack, long blob) {
    return new PackLimits(
        pack,
        blob,
        treeBytes,
        treePathBytes,
        commitBytes,
        deltaBytes,
        objects,
        chainDepth,
        chainBytes,
        unpackedBytes,
        memoryBytes);
  }

  /** The same for other numbers of objects and bytes that all may unpack to. */
  public PackLimits withTotals(int most, long unpacked) {
    return new PackLimits(
        packBytes,
        blobBytes,
        treeBytes,
        treePathBytes,
        commitBytes,
        deltaBytes,
        most,
        chainDepth,
        chainBytes,
        unpacked,
        memoryBytes);
  }

  /** The same for another share of the heap. */
  public PackLimits withMemory(long bytes) {
    return new PackLimits(
        packBytes,
        blobBytes,
        treeBytes,
        treePathBytes,
        commitBytes,
        deltaBytes,
        objects,
        chainDepth,
        chainBytes,
        unpackedBytes,
        bytes);
  }
}
