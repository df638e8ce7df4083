package io.platform.api;

import io.javalin.http.Context;
import io.platform.access.WorkloadTokens;
import io.platform.commons.http.Problem;
import io.platform.domain.App;
import io.platform.domain.Build;
import io.platform.domain.BuildId;
import io.platform.domain.port.Stores;
import java.util.Optional;

/** Authorizes builders: a token is valid for its build, as long as the build runs. */
final class BuilderAuthorizer {
  private final WorkloadTokens tokens;
  private final Stores stores;

  BuilderAuthorizer(WorkloadTokens tokens, Stores stores) {
    this.tokens = tokens;
    this.stores = stores;
  }

  /**
   * A builder at work.
   *
   * @param writer names its stream of log lines
   */
  record Builder(App app, Build build, String writer) {}

  Builder builder(Context ctx) {
    WorkloadTokens.BuildGrant grant =
        tokens
            .build(Optional.ofNullable(ctx.header("Authorization")))
            .orElseThrow(() ->
                new Problem(401, "This needs the token that the builder was launched with.")
                    .header("WWW-Authenticate", "Bearer realm=\"platform builder\""));
    BuildId id = new BuildId(ctx.pathParam("id"));
    Build build =
        stores
            .builds()
            .find(id)
            .filter(b -> grant.build().equals(id) && b.status() != Build.Status.RECEIVING)
            .orElseThrow(
                () -> Problem.notFound("There is no build %s for this token.".formatted(id)));
    Optional<App> app =
        stores.apps().find(build.app()).filter(a -> a.status() == App.Status.ACTIVE);
    if (build.status().ended() || app.isEmpty()) {
      throw over(build);
    }
    return new Builder(app.get(), build, grant.tokenId());
  }

  static Problem over(Build build) {
    return new Problem(
            410, "Build %s is over: it is %s.".formatted(build.id(), build.status().word()))
        .with("build_status", build.status().word());
  }
}
