package io.platform.cli.client;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * An HTTP proxy, as a variable of the environment names it.
 *
 * @param variable the one that names it
 * @param authorization the value of {@code Proxy-Authorization} (RFC 7617), where its URL has a
 *     user
 */
record ProxyServer(String variable, String host, int port, Optional<String> authorization) {
  /** As curl has it. */
  private static final int USUAL_PORT = 1080;

  /** The proxy of the URL; its scheme may be left out. */
  static ProxyServer of(String variable, String text) throws ClientException.ProxyFailed {
    var stripped = text.strip();
    var url = uri(variable, stripped.contains("://") ? stripped : "http://" + stripped);
    if (url.getHost() == null) {
      throw notAUrl(variable);
    }
    var scheme = url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http")) {
      throw new ClientException.ProxyFailed(
          "The proxy in "
              + variable
              + " is of the kind "
              + scheme
              + ", which this command cannot use.",
          "Name an HTTP proxy (http://HOST:PORT), or except the server with no_proxy=HOST.");
    }
    return new ProxyServer(
        variable,
        url.getHost(),
        url.getPort() < 0 ? USUAL_PORT : url.getPort(),
        Optional.ofNullable(url.getRawUserInfo()).map(ProxyServer::basic));
  }

  private static URI uri(String variable, String text) throws ClientException.ProxyFailed {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw notAUrl(variable);
    }
  }

  /** The value is not told: it may have a password. */
  private static ClientException.ProxyFailed notAUrl(String variable) {
    return new ClientException.ProxyFailed(
        variable + " is not the URL of a proxy.",
        "It looks like http://proxy.example.com:3128, with USER:PASSWORD@ before the host if need be"
            + " (special characters percent-encoded).");
  }

  private static String basic(String userInfo) {
    var parts = userInfo.split(":", 2);
    var pair = decoded(parts[0]) + ":" + (parts.length > 1 ? decoded(parts[1]) : "");
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  InetSocketAddress address() {
    var plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return new InetSocketAddress(plain, port);
  }

  /** Without user and password. */
  @Override
  public String toString() {
    return "http://" + host + ":" + port + " (" + variable + ")";
  }
}
