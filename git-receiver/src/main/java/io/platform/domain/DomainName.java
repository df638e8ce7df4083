package io.platform.domain;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A host name of an app's own, or a wildcard for all names one label below: {@code *.example.com}.
 * Names that are not ASCII are kept as DNS has them (RFC 3490: {@code xn--…}).
 *
 * @param value lower case, without a final dot
 */
public record DomainName(String value) implements Comparable<DomainName> {
  private static final String WILDCARD = "*.";
  private static final int LONGEST = 253;
  private static final Pattern NAME =
      Pattern.compile(
          "(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");

  /** Refuses what {@link #parse} does not read again. */
  public DomainName {
    if (!isName(value)) {
      throw new IllegalArgumentException("no domain: " + value);
    }
  }

  /** The name that a text is; empty where it is none: an address, one label alone, a URL. */
  public static Optional<DomainName> parse(String text) {
    String name = text.strip();
    boolean wildcard = name.startsWith(WILDCARD);
    try {
      String ascii = IDN.toASCII(wildcard ? name.substring(WILDCARD.length()) : name);
      String lower = ascii.toLowerCase(Locale.ROOT);
      String host = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
      String whole = wildcard ? WILDCARD + host : host;
      return isName(whole) ? Optional.of(new DomainName(whole)) : Optional.empty();
    } catch (IllegalArgumentException noName) {
      return Optional.empty();
    }
  }

  private static boolean isName(String name) {
    String host = name.startsWith(WILDCARD) ? name.substring(WILDCARD.length()) : name;
    return name.length() <= LONGEST && NAME.matcher(host).matches();
  }

  /** The wildcard that a host name (lower case) is under; a text that is no wildcard where none. */
  public static String wildcardOf(String host) {
    return "*" + host.substring(Math.max(0, host.indexOf('.')));
  }

  /** Whether it stands for all names one label below. */
  public boolean isWildcard() {
    return value.startsWith(WILDCARD);
  }

  /** The name without its first label: what a wildcard and the names under it have in common. */
  public String parent() {
    return value.substring(value.indexOf('.') + 1);
  }

  /** Whether a host name (lower case) is the platform's or under its domain, or may become so. */
  public boolean meets(String platformHost) {
    String host = isWildcard() ? parent() : value;
    return value.equals(platformHost)
        || host.equals(platformHost)
        || host.endsWith("." + platformHost)
        || (isWildcard() && wildcardOf(platformHost).equals(value));
  }

  @Override
  public int compareTo(DomainName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
