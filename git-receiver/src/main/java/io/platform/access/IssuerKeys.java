package io.platform.access;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.OutageTolerantJWKSetSource;
import com.nimbusds.jose.jwk.source.OutageTolerantJWKSetSource.OutageEvent;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.events.Event;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The auth server's public keys. They are fetched when a token names one that is not known, and
 * from time to time; but at most twice every few seconds, so that made-up key ids are no way to
 * keep the auth server busy. While it does not answer, the known keys stay in use.
 *
 * <p>Nimbus keeps the keys; this class gives it the monotonic time, so that the machine's clock may
 * be set.
 */
final class IssuerKeys implements JWKSource<SecurityContext> {
  private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);
  private static final Duration MAX_AGE = Duration.ofMinutes(10);
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final FetchedKeys fetched;
  private final JWKSetSource<SecurityContext> known;
  private final InstantSource clock;

  IssuerKeys(AuthServerClient client, InstantSource clock) {
    this.fetched = new FetchedKeys(client);
    this.clock = clock;
    JWKSource<SecurityContext> source =
        JWKSourceBuilder.create(fetched)
            .cache(MAX_AGE.toMillis(), client.limit().toMillis())
            .refreshAheadCache(false)
            .rateLimited(INTERVAL.toMillis())
            .outageTolerant(Long.MAX_VALUE, IssuerKeys::warn)
            .build();
    this.known = ((JWKSetBasedJWKSource<SecurityContext>) source).getJWKSetSource();
  }

  private static void warn(
      Event<OutageTolerantJWKSetSource<SecurityContext>, SecurityContext> event) {
    if (event instanceof OutageEvent<SecurityContext> outage) {
      LOG.warn(
          "The auth server's keys cannot be fetched; the known ones stay in use: {}.",
          outage.getException().getMessage());
    }
  }

  /**
   * The key that a token names; empty where the auth server has none of that id.
   *
   * @throws KeySourceException where that cannot be told, because the auth server does not answer
   */
  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
      throws KeySourceException {
    if (selector.getMatcher().getKeyIDs() == null) {
      return List.of();
    }
    long now = clock.millis();
    FetchedKeys.Lookup lookup = new FetchedKeys.Lookup();
    List<JWK> found;
    try {
      JWKSet keys = known.getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), now, lookup);
      found = selector.select(keys);
      if (found.isEmpty()) {
        var refresh = JWKSetCacheRefreshEvaluator.referenceComparison(keys);
        found = selector.select(known.getJWKSet(refresh, now, lookup));
      }
    } catch (RateLimitReachedException e) {
      found = List.of();
    }
    if (found.isEmpty() && fetched.failed()) {
      throw new JWKSetUnavailableException("its keys could not be fetched a moment ago");
    }
    return found;
  }
}
