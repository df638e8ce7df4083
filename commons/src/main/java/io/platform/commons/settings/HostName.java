package io.platform.commons.settings;

import java.net.InetAddress;
import java.util.regex.Pattern;

/** The names and addresses of hosts (RFC 1123, RFC 4291), as text and without asking DNS. */
public final class HostName {
  private static final int LONGEST = 253;
  private static final Pattern NAME =
      Pattern.compile(
          "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*");
  private static final Pattern DIGITS_LAST = Pattern.compile("(?:.*\\.)?[0-9]+");
  private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IP4 = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}");

  private HostName() {}

  /** Whether it is a name: labels of letters, digits and hyphens, the last one not a number. */
  public static boolean isName(String text) {
    return text.length() <= LONGEST
        && NAME.matcher(text).matches()
        && !DIGITS_LAST.matcher(text).matches();
  }

  /** Whether it is an IPv4 address of four decimal numbers. */
  public static boolean isIp4(String text) {
    return IP4.matcher(text).matches();
  }

  /** Whether it is an IPv6 address, without brackets. */
  public static boolean isIp6(String text) {
    if (text.indexOf(':') < 0 || text.indexOf('[') >= 0) {
      return false;
    }
    try {
      InetAddress.ofLiteral(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
