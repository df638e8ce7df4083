package io.platform.auth.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.platform.auth.token.KeyStore.Change;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The keys that sign tokens. The newest signs; older ones verify until their last token has
 * expired, and are then removed.
 */
public final class SigningKeys {

  private static final Instant OPEN = Instant.parse("9999-01-01T00:00:00Z");

  private final KeyStore store;
  private final TokenConfig config;
  private final Clock clock;

  public SigningKeys(KeyStore store, TokenConfig config, Clock clock) {
    this.store = store;
    this.config = config;
    this.clock = clock;
  }

  /**
   * The key for the next token; a new one when there is none, or the newest has signed for long
   * enough.
   */
  public ECKey signer() {
    return fresh(store.keys())
        .orElseGet(() -> {
          store.change(keys -> fresh(keys).isPresent() ? nothing() : successor(keys));
          return store.keys().getFirst().key();
        });
  }

  /** Signs with a new key from now on. */
  public void rotate() {
    store.change(this::successor);
  }

  /** The public parts of all keys that verify, newest first (RFC 7517). */
  public JWKSet published() {
    return new JWKSet(current().map(key -> (JWK) key.key().toPublicJWK()).toList());
  }

  private Stream<SigningKey> current() {
    Instant now = clock.instant();
    return store.keys().stream().filter(key -> key.verifiesUntil().isAfter(now));
  }

  private Optional<ECKey> fresh(List<SigningKey> keys) {
    Instant oldest = clock.instant().minus(config.keyAge());
    return keys.stream()
        .findFirst()
        .filter(key -> key.createdAt().isAfter(oldest))
        .map(SigningKey::key);
  }

  private Change successor(List<SigningKey> keys) {
    Instant now = clock.instant();
    Instant end = now.plus(config.lifetime()).plus(Duration.ofMinutes(1));
    Stream<SigningKey> ended =
        keys.stream()
            .filter(key -> key.verifiesUntil().isAfter(end))
            .map(key -> new SigningKey(key.key(), key.createdAt(), end));
    return new Change(
        Stream.concat(ended, Stream.of(new SigningKey(generate(), now, OPEN))).toList(), now);
  }

  private Change nothing() {
    return new Change(List.of(), clock.instant());
  }

  private static ECKey generate() {
    try {
      return new ECKeyGenerator(Curve.P_256)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES256)
          .keyIDFromThumbprint(true)
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("every JDK makes keys on P-256", e);
    }
  }
}
