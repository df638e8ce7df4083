package io.platform.persistence;

import io.platform.domain.App;
import io.platform.domain.AppPath;
import io.platform.domain.Artifact;
import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.Config;
import io.platform.domain.InstanceId;
import io.platform.domain.Origin;
import io.platform.domain.Release;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.RolloutEnd;
import io.platform.domain.Sha256;
import io.platform.domain.Source;
import io.platform.domain.SourceFormat;
import io.platform.domain.StoredObject;
import io.platform.domain.port.Apps.AppExists;
import io.platform.domain.port.Builds.BuildInProgress;
import io.platform.signal.LocalSignals;
import io.platform.slug.ProcessTypes;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stores on a database, and the steps that most tests begin with. */
public final class Fixture implements AutoCloseable {
  static final InstanceId RECEIVER = new InstanceId("receiver-1");
  static final String COMMIT = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";
  static final Origin PUSH =
      new Origin.Push("refs/heads/main", "0".repeat(40), COMMIT, "ada@example.com");
  static final ProcessTypes WEB = new ProcessTypes(Map.of("web", "node index.js"));
  static final RolloutEnd LIVE = new RolloutEnd.Live();

  public final LocalSignals signals = new LocalSignals();
  public final SqlStores stores;

  public Fixture(TestDatabase database, Path directory) {
    stores = SqlStores.open(database.at(directory), signals, "example.com", TestConfigKeys.SOURCE);
  }

  public App app(String name) throws AppExists {
    return stores
        .apps()
        .create("customer", new AppPath("acme", name), Optional.empty(), "ada@example.com");
  }

  public Build open(App app) throws BuildInProgress {
    return stores.builds().open(app.id(), PUSH, RECEIVER);
  }

  static StoredObject object(String key) {
    return new StoredObject(key, key.length(), new Sha256("ab".repeat(32)));
  }

  public static Source source(String key) {
    return new Source(object(key), SourceFormat.TAR_ZST);
  }

  static BuildEnd.Succeeded succeeded(Build build) {
    return new BuildEnd.Succeeded(
        new Artifact.Slug(object("slug/" + build.id())),
        Optional.of(object("cache/" + build.id())),
        "Node.js",
        WEB);
  }

  static RolloutEnd failed(String message) {
    return new RolloutEnd.Failed(new ReleaseFailureCause.StoredSentence(message), List.of());
  }

  /** A settled build and its release, which is not rolled out yet. */
  Release deploy(App app) throws BuildInProgress {
    Build build = open(app);
    stores.builds().accept(build.id(), source("source"), Instant.now());
    Build ended = stores.builds().end(build.id(), succeeded(build)).build();
    stores.builds().settle(build.id(), Build.Outcome.ofDeployed());
    return stores.releases().find(app.id(), ended.release().orElseThrow()).orElseThrow();
  }

  Release deployLive(App app) throws BuildInProgress {
    Release release = deploy(app);
    stores.releases().rolledOut(app.id(), release.version(), LIVE);
    return stores.releases().find(release.id()).orElseThrow();
  }

  void configure(App app, String name, String value) {
    stores.releases().reconfigure(app.id(), Map.of(name, Optional.of(value)), "ada@example.com");
  }

  App read(App app) {
    return stores.apps().find(app.id()).orElseThrow();
  }

  Config config(App app) {
    return stores.releases().config(app.id());
  }

  @Override
  public void close() {
    stores.close();
  }
}
