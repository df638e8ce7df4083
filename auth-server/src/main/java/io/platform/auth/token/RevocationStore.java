package io.platform.auth.token;

import java.time.Instant;

/** The store of tokens that were ended early, until they would have ended anyway. */
public interface RevocationStore {

  /**
   * Keeps a token's id until it expires, and removes those that have expired by now. Repeatable.
   */
  void revoke(String id, Instant expiresAt, Instant now);

  boolean isRevoked(String id);
}
