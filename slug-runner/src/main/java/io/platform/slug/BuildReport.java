package io.platform.slug;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The result of a build, as the builder tells the platform by HTTP and in the container's
 * termination message. Its JSON is never longer than {@link #MAX_BYTES}, which is what Kubernetes
 * keeps of a termination message.
 */
public sealed interface BuildReport {
  int MAX_BYTES = 4096;

  /** The build's id. */
  String build();

  /** How long the steps took. */
  StepTimes steps();

  /** Compact JSON, at most {@link #MAX_BYTES} bytes. */
  byte[] toBytes();

  /**
   * A slug is stored and can be released.
   *
   * @param slug the stored slug, as uploaded
   * @param cache the stored cache for the app's next build
   * @param buildpack the name that it gave itself, such as {@code Node.js}
   * @param slugUnpackedBytes sum of the sizes of the slug's files
   * @param appJson what the app declares of itself
   */
  record Succeeded(
      String build,
      Blob slug,
      Optional<Blob> cache,
      String buildpack,
      String stack,
      ProcessTypes processTypes,
      long slugUnpackedBytes,
      AppJson appJson,
      StepTimes steps)
      implements BuildReport {

    /** A report of an app that declares nothing, without times. */
    public Succeeded(
        String build,
        Blob slug,
        Optional<Blob> cache,
        String buildpack,
        String stack,
        ProcessTypes processTypes,
        long slugUnpackedBytes) {
      this(
          build,
          slug,
          cache,
          buildpack,
          stack,
          processTypes,
          slugUnpackedBytes,
          AppJson.NONE,
          StepTimes.none());
    }

    /** Long commands of process types may leave no room for the times. */
    @Override
    public byte[] toBytes() {
      byte[] json = steps.addTo(json()).toBytes();
      if (json.length > MAX_BYTES) {
        json = json().toBytes();
      }
      if (json.length > MAX_BYTES) {
        throw new IllegalStateException("a report of " + json.length + " bytes");
      }
      return json;
    }

    private JsonObject json() {
      JsonObject json =
          new JsonObject()
              .with("build", build)
              .with("status", "succeeded")
              .with("slug", slug.toJson())
              .with("cache", cache.map(Blob::toJson).orElse(null))
              .with("buildpack", buildpack)
              .with("stack", stack)
              .with("process_types", processTypes.toJson())
              .with("slug_unpacked_bytes", slugUnpackedBytes);
      return appJson.isEmpty() ? json : json.with("app_json", appJson.toJson());
    }
  }

  /**
   * There is nothing to release.
   *
   * @param exitCode one of {@link SlugExitCode}, or one that a newer builder knows
   * @param step {@link Step#label()}
   * @param message what was tried, why it failed, what to do next
   */
  record Failed(String build, int exitCode, String step, String message, StepTimes steps)
      implements BuildReport {

    /** A report without times. */
    public Failed(String build, int exitCode, String step, String message) {
      this(build, exitCode, step, message, StepTimes.none());
    }

    @Override
    public byte[] toBytes() {
      String text = message;
      byte[] json = json(text);
      while (json.length > MAX_BYTES) {
        // Escapes and UTF-8 make a character up to six bytes, so the cut is found by trying.
        int excess = Math.max(1, (json.length - MAX_BYTES) / 6);
        text = cut(text, text.length() - 1 - excess);
        json = json(text);
      }
      return json;
    }

    private byte[] json(String text) {
      JsonObject json =
          new JsonObject()
              .with("build", build)
              .with("status", "failed")
              .with("exit_code", exitCode)
              .with("step", step)
              .with("message", text);
      return steps.addTo(json).toBytes();
    }

    private static String cut(String text, int length) {
      int end = Math.max(0, length);
      if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
        end--;
      }
      return text.substring(0, end) + "…";
    }
  }

  static BuildReport parse(byte[] json) throws BadFormatException {
    return from(JsonObject.parse(json));
  }

  /**
   * Reads at most a little more than {@link #MAX_BYTES} of {@code json}, which the caller closes.
   */
  static BuildReport parse(InputStream json) throws IOException {
    byte[] bytes = json.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new BadFormatException("a build report is at most " + MAX_BYTES + " bytes");
    }
    return parse(bytes);
  }

  private static BuildReport from(JsonObject json) throws BadFormatException {
    String build = json.string("build");
    Optional<JsonObject> steps = json.optionalObject("steps");
    StepTimes times = steps.isPresent() ? StepTimes.from(steps.get()) : StepTimes.none();
    return switch (json.string("status")) {
      case "succeeded" -> {
        Optional<JsonObject> cache = json.optionalObject("cache");
        yield new Succeeded(
            build,
            Blob.from(json.object("slug")),
            cache.isPresent() ? Optional.of(Blob.from(cache.get())) : Optional.empty(),
            json.string("buildpack"),
            json.string("stack"),
            ProcessTypes.from(json.object("process_types")),
            json.number("slug_unpacked_bytes"),
            json.has("app_json") ? AppJson.from(json.object("app_json")) : AppJson.NONE,
            times);
      }
      case "failed" ->
          new Failed(
              build,
              Math.toIntExact(json.number("exit_code")),
              json.string("step"),
              json.string("message"),
              times);
      default -> throw new BadFormatException("\"status\" is neither succeeded nor failed");
    };
  }
}
