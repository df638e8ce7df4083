package io.platform.commons.disk;

/**
 * Finds a system error number by its text (strerror of glibc, in English), because Java's
 * exceptions carry only the text.
 */
enum ErrnoText {
  /** The disk is full. */
  ENOSPC("No space left on device"),
  /** The user's share of the disk is used up. */
  EDQUOT("Disk quota exceeded"),
  /** The file system is mounted read-only, as Linux does it after a fault of the disk. */
  EROFS("Read-only file system"),
  /** The disk fails. */
  EIO("Input/output error");

  private final String text;

  ErrnoText(String text) {
    this.text = text;
  }

  boolean isIn(String message) {
    return message.contains(text);
  }
}
