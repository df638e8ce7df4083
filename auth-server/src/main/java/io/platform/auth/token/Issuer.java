package io.platform.auth.token;

import io.platform.commons.settings.BaseUrl;
import io.platform.commons.settings.InvalidValue;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The public base URL, spelled as in tokens; it may become known only after the start, with the
 * port.
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
    try {
      url.set(Optional.of(BaseUrl.parse(issuer.toString()).toString()));
    } catch (InvalidValue e) {
      throw new IllegalArgumentException("The issuer " + e.getMessage(), e);
    }
  }

  public Optional<String> url() {
    return url.get();
  }
}
