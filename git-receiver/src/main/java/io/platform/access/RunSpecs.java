package io.platform.access;

import io.platform.domain.App;
import io.platform.domain.Release;
import io.platform.domain.port.RunSpec;
import java.net.URI;

/** Says what it takes to run a release, with a new token for its runner. */
public final class RunSpecs {
  private final WorkloadTokens tokens;
  private final URI platformUrl;

  /**
   * With such tokens.
   *
   * @param platformUrl where runners ask for the slug
   */
  public RunSpecs(WorkloadTokens tokens, URI platformUrl) {
    this.tokens = tokens;
    this.platformUrl = platformUrl;
  }

  /** What it takes to run this release. */
  public RunSpec of(App app, Release release) {
    return new RunSpec(app, release, tokens.forRelease(release.id()), platformUrl);
  }
}
