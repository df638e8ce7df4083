package io.platform.domain;

import java.util.List;
import java.util.Set;

/**
 * The stored objects of an app that retention keeps; all others may be removed. Once it is decided
 * nothing can refer to the rest again.
 *
 * @param unsettled builds that are not settled: whatever is stored for them stays
 * @param logs builds whose log stays
 * @param keys the sources, slugs and the cache that stay
 * @param endedBuilds builds that were kept so far, whose source and log go
 * @param endedReleases releases that were kept so far, whose artifact goes: there is no rollback to
 *     them any more
 */
public record RetainedObjects(
    Set<BuildId> unsettled,
    Set<BuildId> logs,
    Set<String> keys,
    List<BuildId> endedBuilds,
    List<ReleaseVersion> endedReleases) {
  /** Copies all of it. */
  public RetainedObjects {
    unsettled = Set.copyOf(unsettled);
    logs = Set.copyOf(logs);
    keys = Set.copyOf(keys);
    endedBuilds = List.copyOf(endedBuilds);
    endedReleases = List.copyOf(endedReleases);
  }
}
