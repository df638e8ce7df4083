package io.platform.auth.token;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The public base URL, in the one spelling that tokens carry; it may become known after the start,
 * with the port.
 */
public final class Issuer {

  private final AtomicReference<Optional<String>> url = new AtomicReference<>(Optional.empty());

  public void set(URI issuer) {
    url.set(Optional.of(canonical(issuer)));
  }

  public Optional<String> url() {
    return url.get();
  }

  /**
   * Without a slash at the end.
   *
   * @throws IllegalArgumentException if it is no http(s) URL, or has more than scheme, host and
   *     port
   */
  public static String canonical(URI issuer) {
    String scheme = issuer.getScheme();
    boolean http = "http".equals(scheme) || "https".equals(scheme);
    String path = issuer.getRawPath();
    boolean bare =
        issuer.getRawQuery() == null
            && issuer.getRawFragment() == null
            && issuer.getRawUserInfo() == null
            && (path == null || path.isEmpty() || path.equals("/"));
    if (!http || issuer.getHost() == null || !bare) {
      throw new IllegalArgumentException(
          issuer + " is not a base URL like https://platform.example.com, without a path");
    }
    return scheme + "://" + issuer.getRawAuthority();
  }
}
