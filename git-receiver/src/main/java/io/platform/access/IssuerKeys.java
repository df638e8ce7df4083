package io.platform.access;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The auth server's public keys. They are fetched when a token names one that is not known, and
 * from time to time; but at most every few seconds for keys that are not there, so that made-up key
 * ids are no way to keep the auth server busy.
 */
final class IssuerKeys {
  private static final Duration MAX_AGE = Duration.ofMinutes(10);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  private final AuthServerClient client;
  private final InstantSource clock;
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile Known known = new Known(new JWKSet(), Instant.MIN, Instant.MIN, false);

  IssuerKeys(AuthServerClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  /**
   * What is known.
   *
   * @param fetched when the keys are from
   * @param attempted when they were last asked for in vain
   * @param failed whether there was no answer; otherwise the key that was looked for was not there
   */
  private record Known(JWKSet keys, Instant fetched, Instant attempted, boolean failed) {
    Optional<ECKey> key(String id) {
      return keys.getKeyByKeyId(id) instanceof ECKey key && Curve.P_256.equals(key.getCurve())
          ? Optional.of(key)
          : Optional.empty();
    }

    boolean fresh(Instant now) {
      return fetched.isAfter(now.minus(MAX_AGE));
    }

    boolean pauses(Instant now) {
      return attempted.isAfter(now.minus(failed ? PAUSE_AFTER_FAILURE : PAUSE));
    }
  }

  /** The key of this id; empty where the auth server has none. */
  Optional<ECKey> find(String id) throws AuthServerUnavailable {
    Optional<ECKey> key = known.key(id);
    if (key.isPresent() && known.fresh(clock.instant())) {
      return key;
    }
    fetching.lock();
    try {
      return fetchAndFind(id);
    } finally {
      fetching.unlock();
    }
  }

  private Optional<ECKey> fetchAndFind(String id) throws AuthServerUnavailable {
    Instant now = clock.instant();
    Optional<ECKey> key = known.key(id);
    if (key.isPresent() && (known.fresh(now) || known.pauses(now))) {
      return key;
    }
    if (known.pauses(now)) {
      if (known.failed()) {
        throw new AuthServerUnavailable("its keys could not be fetched a moment ago");
      }
      return Optional.empty();
    }
    try {
      Known fetched = new Known(JWKSet.parse(client.keys()), now, Instant.MIN, false);
      known = fetched.key(id).isPresent() ? fetched : new Known(fetched.keys(), now, now, false);
    } catch (AuthServerUnavailable e) {
      known = new Known(known.keys(), known.fetched(), now, true);
      if (key.isEmpty()) {
        throw e;
      }
    } catch (ParseException e) {
      known = new Known(known.keys(), known.fetched(), now, true);
      throw new AuthServerUnavailable("its keys are no JWK set", e);
    }
    return known.key(id);
  }
}
