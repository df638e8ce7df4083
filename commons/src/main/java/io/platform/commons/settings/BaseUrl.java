package io.platform.commons.settings;

import java.net.URI;
import java.util.Optional;

/** Where a server is reached: scheme, host and port, in one spelling. */
public final class BaseUrl {
  private BaseUrl() {}

  /**
   * The URL without its trailing slash, where it is an absolute http or https URL without a path.
   */
  public static Optional<URI> parse(String text) {
    try {
      URI url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      boolean good =
          ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
              && url.getHost() != null
              && url.getRawPath().isEmpty()
              && url.getRawQuery() == null
              && url.getRawFragment() == null
              && url.getRawUserInfo() == null;
      return good ? Optional.of(url) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
