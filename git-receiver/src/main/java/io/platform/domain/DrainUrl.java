package io.platform.domain;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The URL of a log drain: {@code syslog://HOST:PORT}, {@code syslog+tls://HOST:PORT} or {@code
 * https://[USER:PASSWORD@]HOST[:PORT][/PATH][?QUERY]}. It can hold credentials: its text is {@link
 * #masked}.
 */
public final class DrainUrl {
  /** The most characters of a URL. */
  public static final int LONGEST = 2_000;

  private static final int LAST_PORT = 65_535;
  private static final int HTTPS_PORT = 443;
  private static final String MASK = "***";

  /** Parts of a path that look like a key: long, with a digit. */
  private static final Pattern KEY = Pattern.compile("(?=.*[0-9])[A-Za-z0-9_.~+%=-]{16,}");

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+]");

  private final URI uri;
  private final Protocol protocol;

  private DrainUrl(URI uri, Protocol protocol) {
    this.uri = uri;
    this.protocol = protocol;
  }

  /** How lines are sent. */
  public enum Protocol {
    /** RFC 5424 with octet counting (RFC 6587) over TCP. */
    SYSLOG("syslog"),
    /** The same over TLS. */
    SYSLOG_TLS("syslog+tls"),
    /** JSON lines over HTTPS. */
    HTTPS("https");

    private final String scheme;

    Protocol(String scheme) {
      this.scheme = scheme;
    }

    private static Optional<Protocol> of(String scheme) {
      return Stream.of(values()).filter(it -> it.scheme.equals(scheme)).findFirst();
    }
  }

  /** The text is no URL of a drain. */
  public static final class Invalid extends Exception {
    private static final long serialVersionUID = 1L;

    private Invalid(String sentence) {
      super(sentence, null, false, false);
    }

    /** What is wrong, and what is right; without the text, which can hold a password. */
    public String sentence() {
      return String.valueOf(getMessage());
    }
  }

  /** Reads a URL. */
  public static DrainUrl parse(String text) throws Invalid {
    if (text.length() > LONGEST) {
      throw new Invalid("The drain's URL is longer than %d characters.".formatted(LONGEST));
    }
    URI uri = uri(text.strip());
    Protocol protocol =
        Optional.ofNullable(uri.getScheme())
            .flatMap(scheme -> Protocol.of(scheme.toLowerCase(Locale.ROOT)))
            .orElseThrow(() ->
                new Invalid(
                    "The drain's URL must begin with syslog://, syslog+tls:// or https://, for example syslog+tls://logs.example.com:6514."));
    check(uri, protocol);
    return new DrainUrl(uri, protocol);
  }

  private static URI uri(String text) throws Invalid {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new Invalid(
          "The drain's URL is not written as a URL is, for example https://logs.example.com/in; characters such as blanks are written as %20.");
    }
  }

  private static void check(URI uri, Protocol protocol) throws Invalid {
    if (uri.getHost() == null || !HOST.matcher(uri.getHost()).matches()) {
      throw new Invalid(
          "The drain's URL has no valid host, as in %s://logs.example.com:6514."
              .formatted(protocol.scheme));
    }
    if (uri.getRawFragment() != null) {
      throw new Invalid("The drain's URL must not have a part after #.");
    }
    if (uri.getPort() == 0 || uri.getPort() > LAST_PORT) {
      throw new Invalid("The port in the drain's URL must be a number from 1 to 65535.");
    }
    if (protocol == Protocol.HTTPS) {
      return;
    }
    if (uri.getPort() < 0) {
      throw new Invalid(
          "The drain's URL needs a port, as in %s://%s:6514."
              .formatted(protocol.scheme, uri.getHost()));
    }
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    if (uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || !(path.isEmpty() || path.equals("/"))) {
      throw new Invalid(
          "The URL of a syslog drain ends after host and port, as in %s://logs.example.com:6514: syslog has no user, path or query."
              .formatted(protocol.scheme));
    }
  }

  /** How lines are sent. */
  public Protocol protocol() {
    return protocol;
  }

  /** The host's name or address, an IPv6 address without brackets. */
  public String host() {
    String host = String.valueOf(uri.getHost());
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** The port, 443 for HTTPS unless the URL has one. */
  public int port() {
    return uri.getPort() < 0 ? HTTPS_PORT : uri.getPort();
  }

  /** The whole URL with its credentials: never for a log or a screen. */
  public String reveal() {
    return uri.toString();
  }

  /**
   * The URL as people may see it: the user and password, the values of the query, and parts of the
   * path that look like a key are replaced by {@code ***}.
   */
  public String masked() {
    StringBuilder text = new StringBuilder(protocol.scheme).append("://");
    if (uri.getRawUserInfo() != null) {
      text.append(MASK).append('@');
    }
    text.append(uri.getHost());
    if (uri.getPort() >= 0) {
      text.append(':').append(uri.getPort());
    }
    text.append(maskedPath(uri.getRawPath() == null ? "" : uri.getRawPath()));
    if (uri.getRawQuery() != null) {
      text.append('?').append(maskedQuery(uri.getRawQuery()));
    }
    return text.toString();
  }

  private static String maskedPath(String path) {
    return Stream.of(path.split("/", -1))
        .map(part -> KEY.matcher(part).matches() ? MASK : part)
        .collect(Collectors.joining("/"));
  }

  private static String maskedQuery(String query) {
    return Stream.of(query.split("&", -1))
        .map(part -> part.contains("=") ? part.substring(0, part.indexOf('=') + 1) + MASK : MASK)
        .collect(Collectors.joining("&"));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DrainUrl drain && drain.uri.equals(uri);
  }

  @Override
  public int hashCode() {
    return uri.hashCode();
  }

  /** {@link #masked}. */
  @Override
  public String toString() {
    return masked();
  }
}
