package io.platform.domain;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * The rule for addresses on the public internet (the special-purpose registries of IANA, RFC 6890).
 * All others can be of the server itself, of a cloud's metadata, or of an internal network.
 */
public final class PublicAddressRule {
  private static final int IP4_BYTES = 4;
  private static final int IP6_BYTES = 16;

  private PublicAddressRule() {}

  /** Whether it is public. An IPv6 address that stands for an IPv4 one is judged as that one. */
  public static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    return switch (address) {
      case Inet4Address four -> isPublic4(four.getAddress());
      case Inet6Address six -> isPublic6(six.getAddress());
      default -> false;
    };
  }

  private static boolean isPublic4(byte[] bytes) {
    int a = bytes[0] & 0xFF;
    int b = bytes[1] & 0xFF;
    int c = bytes[2] & 0xFF;
    return a != 0 // this network
        && !(a == 100 && b >= 64 && b < 128) // carriers' NAT, RFC 6598
        && !(a == 192 && b == 0 && (c == 0 || c == 2)) // protocols, documentation
        && !(a == 192 && b == 88 && c == 99) // 6to4 relays
        && !(a == 198 && (b == 18 || b == 19)) // benchmarks
        && !(a == 198 && b == 51 && c == 100) // documentation
        && !(a == 203 && b == 0 && c == 113) // documentation
        && a < 240; // reserved, broadcast
  }

  /** Only 2000::/3 is given out, and parts of it are not the internet's. */
  private static boolean isPublic6(byte[] bytes) {
    if (startsWith(bytes, 0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0)) { // NAT64, RFC 6052
      return embedded(bytes, IP6_BYTES - IP4_BYTES);
    }
    if (startsWith(bytes, 0x20, 0x02)) { // 6to4, RFC 3056
      return embedded(bytes, 2);
    }
    return (bytes[0] & 0xE0) == 0x20
        && !startsWith(bytes, 0x20, 0x01, 0x00) // Teredo, ORCHID and other protocols
        && !startsWith(bytes, 0x20, 0x01, 0x0D, 0xB8); // documentation
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if ((bytes[i] & 0xFF) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean embedded(byte[] bytes, int from) {
    try {
      return isPublic(InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + IP4_BYTES)));
    } catch (UnknownHostException e) {
      return false; // four bytes always are an address
    }
  }
}
