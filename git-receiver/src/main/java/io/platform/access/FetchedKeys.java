package io.platform.access;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetParseException;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * The auth server's keys as last fetched, and whether the last fetch succeeded. For one lookup of a
 * key it is asked once.
 */
final class FetchedKeys implements JWKSetSource<SecurityContext> {
  private final AuthServerClient client;
  private volatile boolean failed;

  FetchedKeys(AuthServerClient client) {
    this.client = client;
  }

  /** The lookup of a key by one thread; remembers the keys that were fetched for it. */
  static final class Lookup implements SecurityContext {
    private @Nullable JWKSet keys;
  }

  /** Whether there was no answer the last time. */
  boolean failed() {
    return failed;
  }

  @Override
  public JWKSet getJWKSet(
      JWKSetCacheRefreshEvaluator refresh, long now, @Nullable SecurityContext context)
      throws JWKSetUnavailableException {
    if (!(context instanceof Lookup lookup)) {
      return fetch();
    }
    JWKSet keys = lookup.keys == null ? fetch() : lookup.keys;
    lookup.keys = keys;
    return keys;
  }

  private JWKSet fetch() throws JWKSetUnavailableException {
    try {
      JWKSet keys = JWKSet.parse(client.keys());
      failed = false;
      return keys;
    } catch (AuthServerUnavailable e) {
      failed = true;
      throw new JWKSetRetrievalException(String.valueOf(e.getMessage()), e);
    } catch (ParseException e) {
      failed = true;
      throw new JWKSetParseException("its keys are no JWK set", e);
    }
  }

  @Override
  public void close() {
    // the client is its owner's to close
  }
}
