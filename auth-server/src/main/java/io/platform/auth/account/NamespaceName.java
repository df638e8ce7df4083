package io.platform.auth.account;

import io.platform.auth.account.AccountRefused.Reason;
import io.platform.commons.name.NameRule;
import io.platform.commons.name.ReservedNamespaces;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The name of a namespace: unique in the installation, part of URLs and host names. */
public record NamespaceName(String value) {

  public static NamespaceName of(String typed) throws AccountRefused {
    if (!NameRule.allows(typed)) {
      throw new AccountRefused(
          Reason.INVALID,
          "A namespace's name has 1 to 30 lower-case letters, digits and hyphens, begins with a letter and does not"
              + " end with a hyphen; choose one like that.");
    }
    if (ReservedNamespaces.contain(typed)) {
      throw new AccountRefused(
          Reason.INVALID,
          "The namespace name " + typed + " is the platform's own; choose another.");
    }
    return new NamespaceName(typed);
  }

  /**
   * Names for the own namespace of a new account, best first, without an end: {@code jane}, {@code
   * jane-2}, …
   */
  static Stream<NamespaceName> candidates(EmailAddress email) {
    String base = base(email.localPart());
    Stream<String> first = ReservedNamespaces.contain(base) ? Stream.empty() : Stream.of(base);
    Stream<String> others = IntStream.iterate(2, n -> n + 1).mapToObj(n -> suffixed(base, "-" + n));
    return Stream.concat(first, others).map(NamespaceName::new);
  }

  private static String base(String localPart) {
    String name =
        localPart.toLowerCase(Locale.ROOT).replaceAll("\\+.*", "").replaceAll("[^a-z0-9]+", "-");
    name = name.replaceAll("^[^a-z]+", "");
    name =
        name.substring(0, Math.min(name.length(), NameRule.MAXIMUM_LENGTH)).replaceAll("-+$", "");
    return name.isEmpty() ? "user" : name;
  }

  private static String suffixed(String base, String suffix) {
    String head =
        base.substring(0, Math.min(base.length(), NameRule.MAXIMUM_LENGTH - suffix.length()));
    return head.replaceAll("-+$", "") + suffix;
  }

  @Override
  public String toString() {
    return value;
  }
}
