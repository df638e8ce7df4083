package io.platform.cli.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpHeaders;
import java.util.Locale;
import java.util.regex.Pattern;

/** The sentences for requests that a proxy did not let through. */
final class ProxyFailures {
  /** How the JDK tells that a proxy refused a tunnel. */
  private static final Pattern REFUSED = Pattern.compile("Tunnel failed, got: (\\d{3})");

  private ProxyFailures() {}

  static ClientException of(ProxyServer proxy, String server, IOException failed, String reason) {
    if (failed instanceof ConnectException) {
      return new ClientException.ProxyFailed(
          "Could not reach the proxy " + proxy + ": " + reason + ".",
          "Correct " + proxy.variable() + ", or except the server with no_proxy=HOST.");
    }
    var refused = REFUSED.matcher(String.valueOf(failed.getMessage()));
    if (refused.find()) {
      return new ClientException.ProxyFailed(
          "The proxy "
              + proxy
              + " does not connect to "
              + server
              + " (HTTP status "
              + refused.group(1)
              + ").",
          "Ask whoever runs the proxy to allow it, or except the server with no_proxy=HOST.");
    }
    return new ClientException.Unreachable(
        "Could not reach " + server + " through the proxy " + proxy + ": " + reason + ".");
  }

  static ClientException loginWanted(ProxyServer proxy, HttpHeaders headers) {
    var schemes = headers.allValues("Proxy-Authenticate");
    boolean basic =
        schemes.isEmpty()
            || schemes.stream().anyMatch(it -> it.toLowerCase(Locale.ROOT).startsWith("basic"));
    if (!basic) {
      return new ClientException.ProxyFailed(
          "The proxy "
              + proxy
              + " wants a login of a kind that this command does not know: "
              + schemes.getFirst().split("[ ,]", 2)[0]
              + ".",
          "Use a proxy that takes user and password (Basic), or except the server with no_proxy=HOST.");
    }
    return new ClientException.ProxyFailed(
        proxy.authorization().isPresent()
            ? "The proxy " + proxy + " does not accept the user and the password in its URL."
            : "The proxy " + proxy + " asks for a user and a password.",
        "Give them in its URL: "
            + proxy.variable()
            + "=http://USER:PASSWORD@"
            + proxy.host()
            + ":"
            + proxy.port());
  }
}
