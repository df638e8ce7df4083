package io.platform.slug;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The description of a build that the platform gives to its builder.
 *
 * @param build the build's id
 * @param commit the full commit, where the build comes from one
 * @param stack what the slug will run on, such as {@code platform-1}
 * @param cache what the app's last successful build left, if any
 * @param deadline when the platform ends the build, whatever it does
 * @param reportUrl where the {@link BuildReport} is posted to
 * @param keepWeb whether a slug without the process type {@code web} is refused: the live release
 *     has one, and the push did not say that it is to go
 * @param firstDeploy whether no release of the app is live yet: it takes over the config vars of
 *     its app.json then
 * @param secretSeed of the secrets among them; empty where it is not the first deploy
 * @param buildpacks those that the app's developers chose, in the order in which they run; empty
 *     where they leave it to the app's files
 */
public record BuildJob(
    String build,
    String app,
    String namespace,
    Optional<String> commit,
    String stack,
    Blob source,
    Optional<Blob> cache,
    Instant deadline,
    URI reportUrl,
    Limits limits,
    boolean keepWeb,
    boolean firstDeploy,
    Optional<SecretSeed> secretSeed,
    List<BuildpackReference> buildpacks) {
  /** Copies the list. */
  public BuildJob {
    buildpacks = List.copyOf(buildpacks);
  }

  /**
   * The limits of what the platform takes from a build.
   *
   * @param slugBytes the most that a slug may take, compressed
   * @param sourceBytes the most that a source may take, unpacked
   */
  public record Limits(long slugBytes, long sourceBytes) {}

  public byte[] toBytes() {
    return new JsonObject()
        .with("build", build)
        .with("app", app)
        .with("namespace", namespace)
        .with("commit", commit.orElse(null))
        .with("stack", stack)
        .with("source", source.toJson())
        .with("cache", cache.map(Blob::toJson).orElse(null))
        .with("deadline", deadline.toString())
        .with("report_url", reportUrl.toString())
        .with(
            "limits",
            new JsonObject()
                .with("slug_bytes", limits.slugBytes)
                .with("source_bytes", limits.sourceBytes))
        .with("keep_web", keepWeb)
        .with("first_deploy", firstDeploy)
        .with("secret_seed", secretSeed.map(SecretSeed::value).orElse(null))
        .with("buildpacks", buildpacks.stream().map(Object::toString).toList())
        .toBytes();
  }

  public static BuildJob parse(byte[] json) throws BadFormatException {
    return from(JsonObject.parse(json));
  }

  public static BuildJob from(JsonObject json) throws BadFormatException {
    Optional<JsonObject> cache = json.optionalObject("cache");
    JsonObject limits = json.object("limits");
    try {
      return new BuildJob(
          json.string("build"),
          json.string("app"),
          json.string("namespace"),
          json.optionalString("commit"),
          json.string("stack"),
          Blob.from(json.object("source")),
          cache.isPresent() ? Optional.of(Blob.from(cache.get())) : Optional.empty(),
          Instant.parse(json.string("deadline")),
          URI.create(json.string("report_url")),
          new Limits(limits.number("slug_bytes"), limits.number("source_bytes")),
          json.flag("keep_web"),
          json.flag("first_deploy"),
          json.optionalString("secret_seed").map(SecretSeed::new),
          BuildpackReference.list(json, "buildpacks"));
    } catch (DateTimeException | IllegalArgumentException bad) {
      throw new BadFormatException("\"deadline\" or \"report_url\" is not valid", bad);
    }
  }
}
