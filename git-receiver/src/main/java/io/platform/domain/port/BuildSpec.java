package io.platform.domain.port;

import io.platform.domain.App;
import io.platform.domain.BuildId;
import io.platform.domain.Config;
import io.platform.domain.Origin;
import java.net.URI;
import java.time.Instant;

/**
 * The specification of a builder, for the build runner that launches it.
 *
 * @param config what the app is configured with when the builder is launched
 * @param token good for this build alone, until it ends; a secret
 * @param platformUrl where the builder asks for all else
 */
public record BuildSpec(
    BuildId id,
    App app,
    Origin origin,
    Instant deadline,
    Config config,
    String token,
    URI platformUrl) {
  @Override
  public String toString() {
    return "BuildSpec[%s %s]".formatted(id, app.path());
  }
}
