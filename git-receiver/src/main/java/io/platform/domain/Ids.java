package io.platform.domain;

import java.security.SecureRandom;
import java.time.Instant;

/**
 * Identifiers: 13 characters of lower-case Crockford base 32, 45 bits of milliseconds and then 20
 * random ones. They sort by time, fit a DNS label, and can be typed.
 */
public final class Ids {
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final SecureRandom RANDOM = new SecureRandom();

  private Ids() {}

  /** Refuses an empty identifier. */
  static void requireNotEmpty(String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("an id is empty");
    }
  }

  /** A new identifier that sorts after those of earlier milliseconds. */
  public static String next(Instant now) {
    char[] id = new char[13];
    long time = now.toEpochMilli();
    for (int i = 8; i >= 0; i--) {
      id[i] = ALPHABET.charAt((int) (time & 31));
      time >>>= 5;
    }
    int random = RANDOM.nextInt(1 << 20);
    for (int i = 12; i > 8; i--) {
      id[i] = ALPHABET.charAt(random & 31);
      random >>>= 5;
    }
    return new String(id);
  }
}
