package io.platform.auth.token;

import java.util.Optional;

/** Where confidential clients are kept. */
public interface ClientStore {

  /** Adds a client, or changes the secret of one. */
  void put(String id, String secretHash);

  Optional<String> secretHash(String id);
}
