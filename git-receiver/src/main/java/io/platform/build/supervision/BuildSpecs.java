package io.platform.build.supervision;

import io.platform.access.WorkloadTokens;
import io.platform.domain.App;
import io.platform.domain.Build;
import io.platform.domain.port.Apps;
import io.platform.domain.port.BuildSpec;
import io.platform.domain.port.Releases;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/** Creates the {@link io.platform.domain.port.BuildSpec} that a builder is launched with. */
public final class BuildSpecs {
  /**
   * The build's row says when it is good for nothing; so long that a clock may be set meanwhile.
   */
  private static final Duration TOKEN_OUTLIVES_DEADLINE = Duration.ofDays(1);

  private final Apps apps;
  private final Releases releases;
  private final WorkloadTokens tokens;
  private final URI platformUrl;

  /** For builders that ask the platform at this address. */
  public BuildSpecs(Apps apps, Releases releases, WorkloadTokens tokens, URI platformUrl) {
    this.apps = apps;
    this.releases = releases;
    this.tokens = tokens;
    this.platformUrl = platformUrl;
  }

  /** With the app's config of this moment. */
  BuildSpec of(Build build) {
    Instant deadline = build.deadline().orElse(Instant.MAX);
    App app =
        apps.find(build.app())
            .orElseThrow(
                () -> new IllegalStateException("app %s has no row".formatted(build.app())));
    return new BuildSpec(
        build.id(),
        app,
        build.origin(),
        deadline,
        releases.config(app.id()),
        tokens.forBuild(build.id(), deadline.plus(TOKEN_OUTLIVES_DEADLINE)),
        platformUrl);
  }
}
