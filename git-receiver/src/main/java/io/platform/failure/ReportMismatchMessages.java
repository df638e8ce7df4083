package io.platform.failure;

import io.platform.domain.ReportMismatch;

/** The messages for builders' reports that contradict what is stored. */
final class ReportMismatchMessages {
  private ReportMismatchMessages() {}

  static String of(ReportMismatch mismatch) {
    return switch (mismatch) {
      case ReportMismatch.OtherBuild(var reported, var build) ->
          "The report is about build %s, and this is build %s.".formatted(reported, build);
      case ReportMismatch.NotStored(var kind) ->
          "No %s is stored for this build: upload it, then report.".formatted(kind.word());
      case ReportMismatch.OtherObject(
              var kind,
              long size,
              var sha256,
              long statedSize,
              var statedSha256) ->
          "The %s that is stored has %d bytes and SHA-256 %s; the report states %d bytes and %s: upload it again, then report."
              .formatted(kind.word(), size, sha256, statedSize, statedSha256);
    };
  }
}
