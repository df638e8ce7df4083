package io.platform.domain.port;

import io.platform.domain.App;
import io.platform.domain.Release;
import java.net.URI;

/**
 * All that a runtime needs to run a release.
 *
 * @param token good for this release alone, for as long as it is wanted; a secret
 * @param platformUrl where its runner asks for the slug
 */
public record RunSpec(App app, Release release, String token, URI platformUrl) {
  @Override
  public String toString() {
    return "RunSpec[%s %s]".formatted(app.path(), release.version());
  }
}
