package io.platform.api;

import io.platform.app.App;
import io.platform.app.Build;
import io.platform.app.Origin;
import io.platform.app.PublicUrls;
import io.platform.app.Release;
import io.platform.app.Stores;
import io.platform.app.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Apps, builds and releases as the API shows them. */
final class Views {
  private static final String BRANCHES = "refs/heads/";

  private final Stores stores;
  private final PublicUrls urls;

  Views(Stores stores, PublicUrls urls) {
    this.stores = stores;
    this.urls = urls;
  }

  /** An app. */
  record AppView(
      String name,
      String namespace,
      String url,
      String gitUrl,
      @Nullable String branch,
      @Nullable String release,
      String status,
      Instant createdAt) {}

  /** A build. */
  record BuildView(
      String id,
      String status,
      @Nullable String commit,
      @Nullable String ref,
      String pusher,
      @Nullable String release,
      @Nullable String message,
      @Nullable String outcome,
      Instant createdAt,
      @Nullable Instant endedAt,
      @Nullable Instant settledAt) {}

  /** A release. */
  record ReleaseView(
      String version,
      String status,
      boolean current,
      String description,
      @Nullable String commit,
      String user,
      @Nullable String message,
      Instant createdAt) {}

  AppView app(App app) {
    return new AppView(
        app.path().name(),
        app.path().namespace(),
        urls.app(app),
        urls.git(app),
        app.deployBranch().map(Views::shortName).orElse(null),
        text(app.live()),
        status(app),
        app.createdAt());
  }

  private static String shortName(String ref) {
    return ref.startsWith(BRANCHES) ? ref.substring(BRANCHES.length()) : ref;
  }

  private String status(App app) {
    if (app.desired().isPresent()) {
      if (!app.desired().equals(app.live())) {
        return "deploying";
      }
      return stores.releases().live(app).filter(live -> !live.hasWeb()).isPresent()
          ? "no_web"
          : "running";
    }
    if (stores.builds().unsettled(app.id()).isPresent()) {
      return "deploying";
    }
    return stores.releases().list(app.id(), 1).isEmpty() ? "idle" : "failed";
  }

  static BuildView build(Build build) {
    Optional<String> rejection =
        build.outcome().map(Build.Outcome::message).filter(m -> !m.isEmpty());
    return new BuildView(
        build.id().value(),
        build.status().word(),
        build.origin().commitId().orElse(null),
        ref(build.origin()),
        build.origin().by(),
        text(build.release()),
        build.message().or(() -> rejection).orElse(null),
        build.outcome().map(o -> o.deployed() ? "deployed" : "rejected").orElse(null),
        build.createdAt(),
        build.endedAt().orElse(null),
        build.settledAt().orElse(null));
  }

  private static @Nullable String ref(Origin origin) {
    return switch (origin) {
      case Origin.Push push -> push.ref();
    };
  }

  static ReleaseView release(App app, Release release) {
    return new ReleaseView(
        release.version().toString(),
        status(app, release),
        app.live().equals(Optional.of(release.version())),
        release.cause(),
        release.commit().orElse(null),
        release.by(),
        release.message().orElse(null),
        release.createdAt());
  }

  /** A release that came up is live until another one is. */
  private static String status(App app, Release release) {
    boolean was =
        release.status() == Release.Status.LIVE
            && !app.live().equals(Optional.of(release.version()));
    return (was ? Release.Status.SUPERSEDED : release.status()).word();
  }

  List<AppView> apps(List<App> apps) {
    return apps.stream().map(this::app).toList();
  }

  private static @Nullable String text(Optional<Version> version) {
    return version.map(Version::toString).orElse(null);
  }
}
