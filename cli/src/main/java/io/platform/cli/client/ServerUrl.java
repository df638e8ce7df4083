package io.platform.cli.client;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * The address of a Platform server: scheme, host and port, in the one form under which its login is
 * kept and git finds it ({@code http://localhost:8080}; no default port, no path, lower case).
 */
public record ServerUrl(String scheme, String host, int port) {

  /**
   * The server that the text names. Without a scheme it is https, and http on the user's own
   * machine.
   */
  public static Optional<ServerUrl> parse(String text) {
    var trimmed = text.strip();
    if (!trimmed.contains("://")) {
      return parse("https://" + trimmed)
          .map(it -> it.isLoopback() ? parse("http://" + trimmed).orElse(it) : it);
    }
    return uri(trimmed)
        .filter(it -> it.getPath().isEmpty() || it.getPath().equals("/"))
        .filter(it -> it.getQuery() == null && it.getFragment() == null && it.getUserInfo() == null)
        .flatMap(ServerUrl::of);
  }

  /** The server of a URL that has more than the server, such as a git remote's. */
  public static Optional<ServerUrl> origin(String url) {
    return uri(url).flatMap(ServerUrl::of);
  }

  private static Optional<URI> uri(String text) {
    try {
      var uri = URI.create(text);
      return uri.getHost() == null || uri.getPath() == null ? Optional.empty() : Optional.of(uri);
    } catch (IllegalArgumentException notAUrl) {
      return Optional.empty();
    }
  }

  private static Optional<ServerUrl> of(URI uri) {
    var scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "http", "https" ->
          Optional.of(
              new ServerUrl(scheme, uri.getHost().toLowerCase(Locale.ROOT), port(scheme, uri)));
      default -> Optional.empty();
    };
  }

  private static int port(String scheme, URI uri) {
    int standard = scheme.equals("http") ? 80 : 443;
    return uri.getPort() == standard ? -1 : uri.getPort();
  }

  /** Does what is sent to this server leave the machine readable for those on the way? */
  public boolean isOpenToOthers() {
    return scheme.equals("http") && !isLoopback();
  }

  private boolean isLoopback() {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.startsWith("127.")
        || host.equals("[::1]");
  }

  /** A URL on this server; the path begins with a slash. */
  public URI at(String path) {
    return URI.create(this + path);
  }

  @Override
  public String toString() {
    return scheme + "://" + host + (port < 0 ? "" : ":" + port);
  }
}
