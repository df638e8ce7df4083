package io.platform.commons.http.header;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The SHA-256 in a Repr-Digest field (RFC 9530). */
public final class ReprDigest {
  /** The field's name. */
  public static final String FIELD = "Repr-Digest";

  private static final Pattern SHA256 = Pattern.compile("sha-256=:([A-Za-z0-9+/=]+):");

  private ReprDigest() {}

  /**
   * The field's value.
   *
   * @param sha256 as 64 hexadecimal digits
   */
  public static String ofHex(String sha256) {
    return "sha-256=:%s:"
        .formatted(Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256)));
  }

  /** The SHA-256 in a field's value, in hexadecimal digits; empty where there is none. */
  public static Optional<String> parse(String value) {
    Matcher matcher = SHA256.matcher(value);
    try {
      return matcher.find()
          ? Optional.of(HexFormat.of().formatHex(Base64.getDecoder().decode(matcher.group(1))))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
