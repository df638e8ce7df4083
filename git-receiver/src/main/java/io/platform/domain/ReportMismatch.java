package io.platform.domain;

import java.util.Locale;

/** A contradiction between a builder's report and the objects stored for its build. */
public sealed interface ReportMismatch {
  /** The kinds of objects that a builder stores. */
  enum Kind {
    SLUG,
    CACHE;

    /** As sentences say it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The report names another build than the one that it is for. */
  record OtherBuild(String reported, BuildId build) implements ReportMismatch {}

  /** It names an object that is not there. */
  record NotStored(Kind kind) implements ReportMismatch {}

  /**
   * The object is another one.
   *
   * @param size of what is stored, in bytes
   * @param sha256 of what is stored, in hexadecimal digits
   * @param statedSize as the report has it
   * @param statedSha256 as the report has it
   */
  record OtherObject(Kind kind, long size, String sha256, long statedSize, String statedSha256)
      implements ReportMismatch {}
}
