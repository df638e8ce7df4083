package io.platform.auth.token;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** The store of signing keys. */
public interface KeyStore {

  /** Newest first. */
  List<SigningKey> keys();

  /**
   * Adds a key while no other writer does, if the present ones call for one.
   *
   * @param change what to do, from the keys as they are, newest first
   */
  void change(Function<List<SigningKey>, Change> change);

  /**
   * Keys to add, to put in the place of those with the same kid, and to remove that ended before a
   * moment.
   */
  record Change(List<SigningKey> put, Instant removeEndedBefore) {}
}
