package io.platform.local;

/** The writes in a build's life, in their order. */
enum Write {
  OPENED,
  PINNED,
  SOURCE_STORED,
  ACCEPTED,
  LAUNCHED,
  SLUG_STORED,
  RELEASED,
  ROLLED_OUT,
  REF_MOVED,
  SETTLED;

  /** Whether the push survives a kill right after this write. */
  boolean isAfterAcceptance() {
    return compareTo(ACCEPTED) >= 0;
  }
}
