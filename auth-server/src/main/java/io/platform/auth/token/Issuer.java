package io.platform.auth.token;

import io.platform.commons.settings.BaseUrl;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The public base URL, in the one spelling that tokens carry; it may become known after the start,
 * with the port.
 */
public final class Issuer {

  private final AtomicReference<Optional<String>> url = new AtomicReference<>(Optional.empty());

  /**
   * Sets it.
   *
   * @throws IllegalArgumentException if it is no http(s) URL, or has more than scheme, host and
   *     port
   */
  public void set(URI issuer) {
    URI canonical =
        BaseUrl.parse(issuer.toString())
            .orElseThrow(() ->
                new IllegalArgumentException(
                    issuer
                        + " is not a base URL like https://platform.example.com, without a path"));
    url.set(Optional.of(canonical.toString()));
  }

  public Optional<String> url() {
    return url.get();
  }
}
