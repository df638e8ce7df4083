package io.platform.service;

import io.platform.domain.FormationChange;
import java.util.List;

/**
 * A user's request to scale a process type.
 *
 * @param malformed what could not be read of it, in sentences: told with all else that is wrong
 */
public record ScaleRequest(FormationChange change, List<String> malformed) {
  /** Copies the list. */
  public ScaleRequest {
    malformed = List.copyOf(malformed);
  }

  /** Whether the size of a process is to change. */
  boolean resizes() {
    return change.changes().values().stream().anyMatch(it -> it.size().isPresent());
  }
}
