package io.platform.auth.token;

import java.time.Instant;

/** Where tokens that were ended early are kept, until they would have ended anyway. */
public interface RevocationStore {

  /**
   * Keeps a token's id until it expires, and removes those that have expired by now. Repeatable.
   */
  void revoke(String id, Instant expiresAt, Instant now);

  boolean isRevoked(String id);
}
