package io.platform.service;

import io.platform.access.WorkloadTokens;
import io.platform.domain.App;
import io.platform.domain.Build;
import io.platform.domain.BuildId;
import io.platform.domain.BuildStatus;
import io.platform.domain.port.Apps;
import io.platform.domain.port.Builds;
import io.platform.service.WorkloadRefused.Refusal;
import java.util.Optional;

/**
 * Authorizes builders: a token is valid for its build, as long as the build runs, and for its
 * report after that, too.
 */
public final class BuilderAccess {
  private final WorkloadTokens tokens;
  private final Builds builds;
  private final Apps apps;

  /** For those who hold one of these tokens. */
  public BuilderAccess(WorkloadTokens tokens, Builds builds, Apps apps) {
    this.tokens = tokens;
    this.builds = builds;
    this.apps = apps;
  }

  /**
   * A builder at work.
   *
   * @param writer names its stream of log lines
   */
  public record Builder(App app, Build build, String writer) {}

  /**
   * The builder of a build.
   *
   * @param authorization the field of the request that has its token
   * @throws WorkloadRefused where the token is not its, or the build is over
   */
  public Builder builder(Optional<String> authorization, BuildId id) {
    WorkloadTokens.BuildGrant grant = grant(authorization);
    Build build =
        granted(grant, id)
            .filter(b -> b.status() != BuildStatus.RECEIVING)
            .orElseThrow(() -> new WorkloadRefused(new Refusal.NoSuchBuild(id)));
    Optional<App> app = apps.find(build.app()).filter(a -> a.status() == App.Status.ACTIVE);
    if (build.status().ended() || app.isEmpty()) {
      throw new WorkloadRefused(new Refusal.BuildOver(build));
    }
    return new Builder(app.get(), build, grant.tokenId());
  }

  /**
   * The build that a builder reports on, which may be over.
   *
   * @param authorization the field of the request that has its token
   * @throws WorkloadRefused where the token is not its
   */
  public Build reported(Optional<String> authorization, BuildId id) {
    return granted(grant(authorization), id)
        .orElseThrow(() -> new WorkloadRefused(new Refusal.NoSuchBuild(id)));
  }

  private WorkloadTokens.BuildGrant grant(Optional<String> authorization) {
    return tokens
        .build(authorization)
        .orElseThrow(() -> new WorkloadRefused(new Refusal.NoBuilderToken()));
  }

  private Optional<Build> granted(WorkloadTokens.BuildGrant grant, BuildId id) {
    return Optional.of(id).filter(grant.build()::equals).flatMap(builds::find);
  }
}
