package io.platform.access;

import io.platform.domain.BuildId;
import io.platform.domain.ReleaseId;
import java.time.Instant;
import java.util.Optional;

/**
 * The tokens of builders and runners: JWTs of the platform's own key, each good for one build or
 * one release. Whether the row still wants it is for the caller to look up.
 */
public interface WorkloadTokens {
  /** A new token for a builder. */
  String forBuild(BuildId build, Instant expires);

  /** A new token for the runners of a release; it does not expire, its release does. */
  String forRelease(ReleaseId release);

  /** The build that an Authorization header is good for. */
  Optional<BuildGrant> build(Optional<String> authorization);

  /** The release that an Authorization header is good for. */
  Optional<ReleaseId> release(Optional<String> authorization);

  /**
   * What a builder's token says.
   *
   * @param tokenId differs for each launch of a builder: it names the writer of a log stream
   */
  record BuildGrant(BuildId build, String tokenId) {}
}
