package io.platform.proxy;

import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpURI;

/**
 * Where the proxy serves HTTPS.
 *
 * @param isServed whether a host (lower case) has a certificate
 */
public record HttpsPort(int port, Predicate<String> isServed) {
  private static final int USUAL = 443;

  /** Nowhere. */
  static final HttpsPort NONE = new HttpsPort(USUAL, host -> false);

  /** The same target there. */
  String url(String host, HttpURI target) {
    String suffix = port == USUAL ? "" : ":" + port;
    String path = target.getPathQuery();
    return "https://" + host + suffix + (path == null ? "/" : path);
  }
}
