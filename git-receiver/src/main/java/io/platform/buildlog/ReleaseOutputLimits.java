package io.platform.buildlog;

/**
 * The limits for the output of a release command in a build's log.
 *
 * @param bytes of all lines
 * @param lineLength characters of one line; the rest of it is cut off
 * @param waitingBytes how much may wait for the database until the command has to
 */
record ReleaseOutputLimits(long bytes, int lineLength, int waitingBytes) {
  /** 4 MB, 10,000 characters, 256 kB. */
  static ReleaseOutputLimits defaults() {
    return new ReleaseOutputLimits(4L << 20, 10_000, 256 << 10);
  }

  String message() {
    return "The release command has written more than %d MB: what follows is not kept"
        .formatted(bytes >> 20);
  }
}
