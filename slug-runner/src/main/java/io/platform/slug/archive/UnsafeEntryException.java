package io.platform.slug.archive;

import java.io.IOException;

/** An entry of an archive would reach out of the directory that the archive is unpacked to. */
public final class UnsafeEntryException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String entry;
  private final String why;

  /**
   * The two parts of a sentence.
   *
   * @param why goes on the sentence that begins with the entry's name: "is a symbolic link to …"
   */
  public UnsafeEntryException(String entry, String why) {
    super(entry + " " + why);
    this.entry = entry;
    this.why = why;
  }

  public String entry() {
    return entry;
  }

  public String why() {
    return why;
  }
}
