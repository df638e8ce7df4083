package io.platform.service;

import io.platform.access.Principal;
import io.platform.domain.OneOffLimits;
import java.util.HashMap;
import java.util.Map;

/** Counts the connections to processes that there are, by user, and refuses more than may be. */
public final class OneOffAccess {
  private final OneOffLimits limits;
  private final Map<String, Integer> byUser = new HashMap<>();
  private int all;

  /** None yet. */
  public OneOffAccess(OneOffLimits limits) {
    this.limits = limits;
  }

  /** A connection; closing it again does nothing. */
  public final class Turn implements AutoCloseable {
    private final String subject;
    private boolean over;

    private Turn(String subject) {
      this.subject = subject;
    }

    @Override
    public void close() {
      synchronized (OneOffAccess.this) {
        if (!over) {
          over = true;
          all--;
          int left = byUser.getOrDefault(subject, 0) - 1;
          if (left > 0) {
            byUser.put(subject, left);
          } else {
            byUser.remove(subject);
          }
        }
      }
    }
  }

  /**
   * Counts one more, until it is closed.
   *
   * @throws RequestRefused where there are too many
   */
  public synchronized Turn take(Principal user) {
    int own = byUser.getOrDefault(user.subject(), 0);
    if (own >= limits.perUser()) {
      throw new RequestRefused(
          RequestRefused.Reason.CONFLICT,
          "You have %d connections to processes, which is as many as one user may have: end one of them first."
              .formatted(own));
    }
    if (all >= limits.connections()) {
      throw new RequestRefused(
          RequestRefused.Reason.UNAVAILABLE,
          "The server has as many connections to processes as it takes (%d). Try again later."
              .formatted(all));
    }
    all++;
    byUser.put(user.subject(), own + 1);
    return new Turn(user.subject());
  }
}
