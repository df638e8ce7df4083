package io.platform.commons.settings;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** URLs of servers: {@code http} or {@code https}, host and port, and nothing else. */
public final class BaseUrl {
  private static final String WANTED = "a URL such as https://platform.example.com";
  private static final int LAST_PORT = 65_535;

  private BaseUrl() {}

  /** Reads a URL; a slash at its end is left out. */
  public static URI parse(String text) throws InvalidValue {
    String given = text.strip();
    if (!given.startsWith("http://") && !given.startsWith("https://")) {
      throw wrong(given, "it must begin with http:// or https://");
    }
    try {
      URI url =
          new URI(
              given.endsWith("/") && !given.endsWith("://")
                  ? given.substring(0, given.length() - 1)
                  : given);
      String fault = fault(url);
      if (fault != null) {
        throw wrong(given, fault);
      }
      return url;
    } catch (URISyntaxException e) {
      throw wrong(
          given, given.contains(" ") ? "it has a blank in it" : "it is not written as a URL is");
    }
  }

  private static @Nullable String fault(URI url) {
    if (url.getRawUserInfo() != null || String.valueOf(url.getRawAuthority()).contains("@")) {
      return "it must have no user name and no password";
    }
    String path = url.getRawPath();
    if (path != null && !path.isEmpty()) {
      return "it must have no path, and this one has " + InvalidValue.quoted(path);
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      return "it must end after host and port";
    }
    String host = url.getHost();
    if (host == null || !isHost(host)) {
      return "its host name must be of letters, digits, hyphens and dots, and its port a number";
    }
    return url.getRawAuthority().endsWith(":") || url.getPort() == 0 || url.getPort() > LAST_PORT
        ? "its port must be a number from 1 to 65535"
        : null;
  }

  private static boolean isHost(String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    return host.startsWith("[") || HostName.isIp4(host) || HostName.isName(name);
  }

  private static InvalidValue wrong(String given, String hint) {
    return new InvalidValue(WANTED, withoutUserInfo(given), hint);
  }

  /** The text without what may be a password: what stands before an {@code @}, and a query. */
  static String withoutUserInfo(String text) {
    return text.replaceAll("^([a-zA-Z][a-zA-Z0-9+.-]*://)?.*@", "$1…@").replaceAll("[?].*", "?…");
  }
}
