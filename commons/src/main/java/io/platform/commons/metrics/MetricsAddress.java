package io.platform.commons.metrics;

import io.platform.commons.settings.InvalidValue;
import io.platform.commons.settings.SettingsReader;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address at which metrics are served.
 *
 * @param host the address that is bound; an IPv6 address without brackets
 * @param port from 0, which takes a free one, to 65535
 */
public record MetricsAddress(String host, int port) {
  private static final String EXAMPLE = "an address and a port such as 127.0.0.1:9090";

  private static final int LAST_PORT = 65_535;
  private static final Pattern ADDRESS =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^\\[\\]:\\s]+)):([0-9]{1,5})");

  /** Reads the setting of this name; empty where metrics are not served. */
  public static Optional<MetricsAddress> read(SettingsReader settings, String name) {
    Optional<String> text = settings.text(name);
    Optional<MetricsAddress> address = text.flatMap(MetricsAddress::parse);
    if (text.isPresent() && address.isEmpty()) {
      settings.wrong(name, EXAMPLE + ", not " + InvalidValue.quoted(text.get()));
    }
    return address;
  }

  /** Reads {@code HOST:PORT}, with an IPv6 address in brackets; empty where the text is neither. */
  public static Optional<MetricsAddress> parse(String text) {
    Matcher matcher = ADDRESS.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    int port = Integer.parseInt(matcher.group(3));
    return port <= LAST_PORT ? Optional.of(new MetricsAddress(host, port)) : Optional.empty();
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]:" : host + ":") + port;
  }
}
