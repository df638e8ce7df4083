package io.platform.commons.settings;

import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address that a server binds: an IPv4 or IPv6 address or the name of a host, without a port.
 *
 * @param host without brackets
 */
public record ListenAddress(String host) {
  private static final String WANTED = "an address such as 127.0.0.1, 0.0.0.0, ::1 or localhost";
  private static final Pattern BRACKETS = Pattern.compile("\\[([^\\[\\]]*)](?::(.*))?");
  private static final Pattern HOST_AND_PORT = Pattern.compile("([^:]*):([^:]*)");

  /**
   * Reads an address; an IPv6 address may be in brackets.
   *
   * @param portSetting the setting that takes the port, for the message
   */
  public static ListenAddress parse(String text, String portSetting) throws InvalidValue {
    String given = text.strip();
    if (given.contains("://")) {
      throw new InvalidValue(WANTED, shown(given), "it is a URL");
    }
    Matcher brackets = BRACKETS.matcher(given);
    if (brackets.matches() && HostName.isIp6(brackets.group(1))) {
      if (brackets.group(2) != null) {
        throw withPort(given, brackets.group(1), brackets.group(2), portSetting);
      }
      return new ListenAddress(brackets.group(1));
    }
    Matcher port = HOST_AND_PORT.matcher(given);
    if (port.matches()) {
      throw withPort(given, port.group(1), port.group(2), portSetting);
    }
    if (HostName.isIp4(given) || HostName.isIp6(given) || HostName.isName(given)) {
      return new ListenAddress(given);
    }
    throw new InvalidValue(WANTED, given, hint(given, portSetting));
  }

  private static InvalidValue withPort(String given, String host, String port, String portSetting) {
    boolean usable = HostName.isIp4(host) || HostName.isIp6(host) || HostName.isName(host);
    return new InvalidValue(
        WANTED,
        given,
        usable && !port.isEmpty()
            ? "write %s here, and the port %s in %s".formatted(host, port, portSetting)
            : "the port goes into " + portSetting);
  }

  private static String hint(String given, String portSetting) {
    if (given.equals("*")) {
      return "write 0.0.0.0 for all addresses";
    }
    return given.matches("[0-9]+") ? "the port goes into " + portSetting : "";
  }

  private static String shown(String url) {
    return BaseUrl.withoutUserInfo(url);
  }

  /** Whether it stands for all addresses of the machine. */
  public boolean isWildcard() {
    return isLiteral() && InetAddress.ofLiteral(host).isAnyLocalAddress();
  }

  /** Whether who connects to {@code localhost} reaches it. */
  public boolean isReachedAsLocalhost() {
    return isWildcard()
        || host.equalsIgnoreCase("localhost")
        || host.equals("127.0.0.1")
        || (isLiteral() && host.contains(":") && InetAddress.ofLiteral(host).isLoopbackAddress());
  }

  private boolean isLiteral() {
    return HostName.isIp4(host) || HostName.isIp6(host);
  }

  /** As it stands in a URL: an IPv6 address in brackets. */
  public String inUrl() {
    return host.contains(":") ? "[" + host.replace("%", "%25") + "]" : host;
  }

  @Override
  public String toString() {
    return host;
  }
}
