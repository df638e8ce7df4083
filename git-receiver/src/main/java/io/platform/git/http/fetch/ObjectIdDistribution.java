package io.platform.git.http.fetch;

import io.platform.git.http.protocol.HexDigits;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * Tells whether object ids are spread as hashes are. JGit keeps them in hash tables by their second
 * 32 bits, which a client can choose: a hundred thousand that share them cost hours. The same id
 * may come often: git asks for an object once for each tag that points to it.
 */
final class ObjectIdDistribution {
  /** Of an id. */
  static final int DIGITS = 40;

  private static final int BUCKET_BITS = 14;
  private static final int GOLDEN_RATIO = 0x9E3779B9;

  /** 100,000 honest ids put about 6 into each bucket, and never 40. */
  private static final int FULL = 200;

  private final short[] buckets = new short[1 << BUCKET_BITS];

  private final Set<String> seen = new HashSet<>();

  /** Adds an id in hexadecimal; false where too many are alike. */
  boolean add(byte[] text, int at) {
    int high = HexDigits.value(text, at + 8, 4);
    int low = HexDigits.value(text, at + 12, 4);
    if (high < 0 || low < 0) {
      return true; // no id: JGit says so
    }
    if (!seen.add(new String(text, at, DIGITS, StandardCharsets.US_ASCII))) {
      return true;
    }
    int bucket = ((high << 16 | low) * GOLDEN_RATIO) >>> (32 - BUCKET_BITS);
    return ++buckets[bucket] <= FULL;
  }
}
