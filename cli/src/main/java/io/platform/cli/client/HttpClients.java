package io.platform.cli.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The HTTP clients of one command, created on first use. They are closed at its end: the JVM would
 * wait 0.3 s for their threads when it exits.
 */
public final class HttpClients implements AutoCloseable {
  static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

  private final String userAgent;
  private final Optional<Path> authorities;
  private final ProxyVariables proxies;
  private Optional<HttpClient> plain = Optional.empty();
  private Optional<HttpClient> secure = Optional.empty();

  /**
   * None yet.
   *
   * @param authorities a file with certificates of those that are trusted beside the JDK's, in the
   *     place of the machine's
   * @param proxies through which servers are reached
   */
  public HttpClients(String userAgent, Optional<Path> authorities, ProxyVariables proxies) {
    this.userAgent = userAgent;
    this.authorities = authorities;
    this.proxies = proxies;
  }

  String userAgent() {
    return userAgent;
  }

  /** The proxy for a URL; empty where there is none. */
  Optional<ProxyServer> proxyFor(URI uri) throws ClientException.ProxyFailed {
    return proxies.proxyFor(uri);
  }

  /**
   * The client for a URL's scheme. Reading the CAs of TLS takes longer than a command: not where
   * there is no TLS.
   */
  synchronized HttpClient client(URI uri) {
    if ("http".equals(uri.getScheme())) {
      plain = plain.or(() -> Optional.of(builder().sslContext(new UnusedTls.Context()).build()));
      return plain.get();
    }
    secure =
        secure.or(() ->
            Optional.of(builder().sslContext(TrustedCertificates.context(authorities)).build()));
    return secure.get();
  }

  /** Redirects are not followed: a token is for one server. */
  private HttpClient.Builder builder() {
    return HttpClient.newBuilder()
        .proxy(new ProxyChoice(proxies))
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(CONNECT_LIMIT)
        .followRedirects(HttpClient.Redirect.NEVER);
  }

  @Override
  public synchronized void close() {
    for (var client : new Optional<?>[] {plain, secure}) {
      client.map(HttpClient.class::cast).ifPresent(HttpClients::close);
    }
  }

  /** What still runs has nobody who waits for it. */
  private static void close(HttpClient client) {
    client.shutdownNow();
    client.close();
  }
}
