package io.platform.cli.client;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the proxy for a URL: by the variables of the environment that curl and with it git honour
 * (<a href="https://curl.se/docs/manpage.html#ENVIRONMENT">curl(1)</a>), so that the command and
 * {@code git push} take the same way. {@code HTTP_PROXY} does not count, for a CGI program's caller
 * can set it.
 */
public final class ProxyVariables {
  static {
    // The JDK sends no user and password to a proxy for https unless it is told to; it reads this
    // when the first request is made.
    System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
  }

  private static final List<String> HTTP = List.of("http_proxy", "all_proxy", "ALL_PROXY");
  private static final List<String> HTTPS =
      List.of("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY");
  private static final List<String> EXCEPTIONS = List.of("no_proxy", "NO_PROXY");

  private final Function<String, @Nullable String> env;

  /**
   * Those of an environment.
   *
   * @param env its variables by name
   */
  public ProxyVariables(Function<String, @Nullable String> env) {
    this.env = env;
  }

  /** The proxy for the URL; empty where the server is reached directly. */
  Optional<ProxyServer> proxyFor(URI url) throws ClientException.ProxyFailed {
    var variable = first("https".equals(url.getScheme()) ? HTTPS : HTTP);
    if (variable.isEmpty() || isExcepted(url)) {
      return Optional.empty();
    }
    return Optional.of(ProxyServer.of(variable.get(), value(variable.get()).orElse("")));
  }

  private boolean isExcepted(URI url) {
    return first(EXCEPTIONS)
        .flatMap(this::value)
        .map(it -> new ProxyExceptions(it).contain(url.getHost()))
        .orElse(false);
  }

  private Optional<String> first(List<String> variables) {
    return variables.stream().filter(it -> value(it).isPresent()).findFirst();
  }

  private Optional<String> value(String variable) {
    return Optional.ofNullable(env.apply(variable)).filter(it -> !it.isBlank());
  }
}
