package io.platform.auth.token;

import java.util.Optional;

/** The store of confidential clients. */
public interface ClientStore {

  /** Adds a client, or changes the secret of one. */
  void put(String id, String secretHash);

  Optional<String> secretHash(String id);
}
