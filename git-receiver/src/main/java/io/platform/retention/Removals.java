package io.platform.retention;

import io.platform.domain.BuildId;
import io.platform.domain.ReleaseVersion;
import java.util.List;

/**
 * The objects of one app to be removed.
 *
 * @param builds those whose source and log go
 * @param releases those whose slug goes, so that there is no rollback to them any more
 */
public record Removals(List<Removal> objects, List<BuildId> builds, List<ReleaseVersion> releases) {
  /** Copies the lists. */
  public Removals {
    objects = List.copyOf(objects);
    builds = List.copyOf(builds);
    releases = List.copyOf(releases);
  }

  /** How much the objects take. */
  public long bytes() {
    return objects.stream().mapToLong(Removal::size).sum();
  }
}
