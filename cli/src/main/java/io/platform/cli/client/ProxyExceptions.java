package io.platform.cli.client;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The servers that no proxy is used for, as curl reads {@code no_proxy}: names, which stand for all
 * names under them too, addresses, and networks ({@code 10.0.0.0/8}), separated by commas or
 * blanks; {@code *} for all.
 */
final class ProxyExceptions {
  private final List<String> entries;

  ProxyExceptions(String text) {
    this.entries =
        Arrays.stream(text.toLowerCase(Locale.ROOT).split("[,\\s]+"))
            .filter(it -> !it.isEmpty())
            .toList();
  }

  /** Whether a host of a URL is one of them. */
  boolean contain(String urlHost) {
    if (entries.equals(List.of("*"))) {
      return true;
    }
    var host = bare(urlHost.toLowerCase(Locale.ROOT));
    var address = address(host);
    return entries.stream()
        .anyMatch(
            it -> address.isPresent() ? isIn(address.get(), it) : isUnder(host, withoutDots(it)));
  }

  private static boolean isUnder(String host, String name) {
    var bare = withoutDots(host);
    return !name.isEmpty() && (bare.equals(name) || bare.endsWith("." + name));
  }

  private static boolean isIn(byte[] address, String entry) {
    var parts = entry.split("/", 2);
    var network = address(bare(parts[0]));
    if (network.isEmpty() || network.get().length != address.length) {
      return false;
    }
    int most = address.length * 8;
    int bits = parts.length < 2 ? most : bits(parts[1], most);
    return bits >= 0 && haveCommonPrefix(address, network.get(), bits);
  }

  /** Less than 0 where the text is no number of bits. */
  private static int bits(String text, int most) {
    int bits = text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
    return bits <= most ? bits : -1;
  }

  private static boolean haveCommonPrefix(byte[] one, byte[] other, int bits) {
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> bit % 8;
      if ((one[bit / 8] & mask) != (other[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  /** The bytes of a literal address; no name is looked up. */
  private static Optional<byte[]> address(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text).getAddress());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static String withoutDots(String name) {
    var start = name.startsWith(".") ? name.substring(1) : name;
    return start.endsWith(".") ? start.substring(0, start.length() - 1) : start;
  }
}
