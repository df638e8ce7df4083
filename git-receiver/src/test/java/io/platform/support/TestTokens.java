package io.platform.support;

import io.platform.access.WorkTokens;
import io.platform.app.BuildId;
import io.platform.app.ReleaseId;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Work tokens that can be read. */
public final class TestTokens implements WorkTokens {
  private final AtomicInteger number = new AtomicInteger();

  @Override
  public String forBuild(BuildId build, Instant expires) {
    return "build.%s.%d".formatted(build, number.incrementAndGet());
  }

  @Override
  public String forRelease(ReleaseId release) {
    return "release.%s".formatted(release);
  }

  @Override
  public Optional<BuildGrant> build(Optional<String> authorization) {
    return parts(authorization, "build").map(p -> new BuildGrant(new BuildId(p[1]), p[2]));
  }

  @Override
  public Optional<ReleaseId> release(Optional<String> authorization) {
    return parts(authorization, "release").map(p -> new ReleaseId(p[1]));
  }

  private static Optional<String[]> parts(Optional<String> authorization, String kind) {
    return authorization
        .filter(header -> header.startsWith("Bearer " + kind + "."))
        .map(header -> header.substring("Bearer ".length()).split("\\.", -1));
  }
}
