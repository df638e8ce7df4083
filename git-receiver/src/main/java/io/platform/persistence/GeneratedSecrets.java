package io.platform.persistence;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Values of config vars that the platform makes itself. */
final class GeneratedSecrets {
  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private GeneratedSecrets() {}

  /** 64 hexadecimal digits, from 256 bits that nobody can guess. */
  static String next() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
