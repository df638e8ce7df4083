package io.platform.auth.account;

import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The store of failed logins, so that a restart or a second server forgets none. */
public interface ThrottleStore {

  /**
   * Failures so far, and what they cost.
   *
   * @param failures in a row, with no quiet time between them
   * @param until when the next attempt is taken
   * @param forgetAt when the row may go
   */
  record Count(int failures, Instant until, Instant forgetAt) {}

  /**
   * Looks at both counts and changes both, in one transaction; counts that are to be forgotten by
   * now are gone.
   */
  Pair update(String first, String second, Instant now, UnaryOperator<Pair> change);

  /** Counts that belong to one attempt; empty where nothing is counted. */
  record Pair(Optional<Count> first, Optional<Count> second) {}
}
