package io.platform.api;

import io.platform.domain.App;
import io.platform.domain.AppSummary;
import io.platform.domain.Build;
import io.platform.domain.FailureCause;
import io.platform.domain.Origin;
import io.platform.domain.ProcessState;
import io.platform.domain.PublicUrls;
import io.platform.domain.Release;
import io.platform.domain.ReleaseVersion;
import io.platform.failure.FailureMessages;
import io.platform.failure.ReleaseDescription;
import io.platform.service.AppOverview;
import io.platform.service.ReleaseService.AppRelease;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Apps, builds and releases as the API shows them. */
final class ApiRepresentations {
  private static final String BRANCHES = "refs/heads/";

  private final PublicUrls urls;

  ApiRepresentations(PublicUrls urls) {
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
      boolean maintenance,
      Map<String, Integer> formation,
      List<ProcessSummary> processes,
      Instant createdAt) {}

  /** A process, in short. */
  record ProcessSummary(String name, String type, String status, @Nullable String reason) {
    static ProcessSummary of(ProcessState state) {
      return new ProcessSummary(
          state.name().toString(),
          state.type(),
          state.status().name().toLowerCase(Locale.ROOT),
          state.reason().map(FailureMessages::of).orElse(null));
    }
  }

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

  AppView app(AppOverview overview) {
    App app = overview.app();
    return new AppView(
        app.path().name(),
        app.path().namespace(),
        urls.app(app),
        urls.git(app),
        app.deployBranch().map(ApiRepresentations::shortName).orElse(null),
        text(app.live()),
        overview.state().word(),
        app.maintenance(),
        formation(overview.summary()),
        overview.processes().stream().map(ProcessSummary::of).toList(),
        app.createdAt());
  }

  /** In the order of the Procfile. */
  private static Map<String, Integer> formation(AppSummary summary) {
    Map<String, Integer> formation = new LinkedHashMap<>();
    for (String type : summary.types().names()) {
      if (summary.plan().scales().containsKey(type)) {
        formation.put(type, summary.plan().quantity(type));
      }
    }
    return formation;
  }

  private static String shortName(String ref) {
    return ref.startsWith(BRANCHES) ? ref.substring(BRANCHES.length()) : ref;
  }

  static BuildView build(Build build) {
    Optional<FailureCause> failure =
        build
            .failure()
            .<FailureCause>map(why -> why)
            .or(() -> build.outcome().flatMap(Build.Outcome::failure));
    return new BuildView(
        build.id().value(),
        build.status().word(),
        build.origin().commitId().orElse(null),
        ref(build.origin()),
        build.origin().by(),
        text(build.release()),
        failure.map(FailureMessages::of).orElse(null),
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

  static ReleaseView release(AppRelease release) {
    return release(release.app(), release.release());
  }

  static ReleaseView release(App app, Release release) {
    return new ReleaseView(
        release.version().toString(),
        status(app, release),
        app.live().equals(Optional.of(release.version())),
        ReleaseDescription.of(release.cause()),
        release.commit().orElse(null),
        release.by(),
        release.failure().map(FailureMessages::of).orElse(null),
        release.createdAt());
  }

  /** A release that came up is live until another one is. */
  private static String status(App app, Release release) {
    boolean was =
        release.status() == Release.Status.LIVE
            && !app.live().equals(Optional.of(release.version()));
    return (was ? Release.Status.SUPERSEDED : release.status()).word();
  }

  private static @Nullable String text(Optional<ReleaseVersion> version) {
    return version.map(ReleaseVersion::toString).orElse(null);
  }
}
