package io.platform.domain;

import io.platform.support.AppBuilder;
import io.platform.support.ReleaseBuilder;
import java.time.Instant;
import java.util.Optional;

/** Apps, builds and releases for tests of rules. */
final class Examples {
  static final ReleaseCause DEPLOY = new ReleaseCause.Deploy(Optional.of("1a2b3c4d"));

  private Examples() {}

  /** 0 stands for none. */
  static App app(int desired, int live) {
    return AppBuilder.of("a1", "acme", "acme", "shop")
        .desired(version(desired))
        .live(version(live))
        .build();
  }

  /** The app with another formation. */
  static App scaled(App app, Formation formation) {
    return AppBuilder.from(app).formation(formation).build();
  }

  /** A process of release v1, such as {@code web.1}. */
  static ProcessState process(String name, ProcessState.Status status) {
    return new ProcessState(
        ProcessName.parse(name).orElseThrow(),
        new ReleaseVersion(1),
        status,
        Optional.empty(),
        Optional.of(Instant.EPOCH),
        0,
        ProcessState.Usage.UNKNOWN,
        Optional.empty());
  }

  static Optional<ReleaseVersion> version(int number) {
    return number == 0 ? Optional.empty() : Optional.of(new ReleaseVersion(number));
  }

  static StoredObject object(String key) {
    return new StoredObject(key, 1, Sha256.of(new byte[32]));
  }

  /** The same release once retention has removed its artifact. */
  static Release removed(Release release) {
    return ReleaseBuilder.from(release).removedAt(Instant.EPOCH).build();
  }

  /** A release of the slug of this key. */
  static Release release(int version, String slug, Release.Status status) {
    return release(version, new Artifact.Slug(object(slug)), status);
  }

  static Release release(int version, Artifact artifact, Release.Status status) {
    return release(version, artifact, Config.EMPTY, DEPLOY, status);
  }

  static Release release(
      int version, Artifact artifact, Config config, ReleaseCause cause, Release.Status status) {
    return ReleaseBuilder.of("r" + version, new AppId("a1"), version)
        .artifact(artifact)
        .config(config)
        .cause(cause)
        .commit("1a2b3c4d")
        .by("ada@example.com")
        .status(status)
        .build();
  }

  /** A build that succeeded. */
  static Build build(String id, boolean settled) {
    return new Build(
        new BuildId(id),
        new AppId("a1"),
        new Origin.Push("refs/heads/main", "0".repeat(40), "1".repeat(40), "ada@example.com"),
        new Lease(new InstanceId("i1"), 0),
        BuildStatus.SUCCEEDED,
        Optional.of(new Source(object("source/" + id), SourceFormat.TAR_ZST)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of("log/" + id),
        0,
        Instant.EPOCH,
        Optional.empty(),
        settled ? Optional.of(Instant.EPOCH) : Optional.empty(),
        Optional.empty());
  }
}
