package io.platform.slug;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the secrets are made of that an app.json declares ({@code "generator": "secret"}). A build
 * and the release that it becomes have the same seed, and so the same secrets.
 *
 * @param value 256 bits that nobody can guess, as text
 */
public record SecretSeed(String value) {
  private static final String ALGORITHM = "HmacSHA256";

  /** The secret of a config var: 64 hexadecimal digits. */
  public String secret(String name) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(value.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal(name.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /** Without the seed. */
  @Override
  public String toString() {
    return "SecretSeed";
  }
}
