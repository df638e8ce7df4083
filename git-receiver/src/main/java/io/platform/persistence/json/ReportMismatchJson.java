package io.platform.persistence.json;

import io.platform.domain.BuildId;
import io.platform.domain.ReportMismatch;
import io.platform.slug.BadFormatException;
import io.platform.slug.JsonObject;
import java.util.Locale;

/** Mismatches of a builder's report as JSON: a code and its parameters. */
final class ReportMismatchJson {
  private static final String OTHER_BUILD = "other_build";
  private static final String NOT_STORED = "not_stored";
  private static final String OTHER_OBJECT = "other_object";

  private ReportMismatchJson() {}

  static JsonObject write(ReportMismatch mismatch) {
    return switch (mismatch) {
      case ReportMismatch.OtherBuild(var reported, var build) ->
          code(OTHER_BUILD).with("reported", reported).with("build", build.value());
      case ReportMismatch.NotStored(var kind) -> code(NOT_STORED).with("kind", kind.word());
      case ReportMismatch.OtherObject(
              var kind,
              long size,
              var sha256,
              long statedSize,
              var statedSha256) ->
          code(OTHER_OBJECT)
              .with("kind", kind.word())
              .with("size", size)
              .with("sha256", sha256)
              .with("stated_size", statedSize)
              .with("stated_sha256", statedSha256);
    };
  }

  private static JsonObject code(String code) {
    return new JsonObject().with("code", code);
  }

  static ReportMismatch read(JsonObject json) throws BadFormatException {
    String code = json.string("code");
    return switch (code) {
      case OTHER_BUILD ->
          new ReportMismatch.OtherBuild(json.string("reported"), new BuildId(json.string("build")));
      case NOT_STORED -> new ReportMismatch.NotStored(kind(json));
      case OTHER_OBJECT ->
          new ReportMismatch.OtherObject(
              kind(json),
              json.number("size"),
              json.string("sha256"),
              json.number("stated_size"),
              json.string("stated_sha256"));
      default -> throw new BadFormatException("unknown fault of a report: " + code);
    };
  }

  private static ReportMismatch.Kind kind(JsonObject json) throws BadFormatException {
    try {
      return ReportMismatch.Kind.valueOf(json.string("kind").toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new BadFormatException("unknown object of a report: " + json.string("kind"));
    }
  }
}
