package io.platform.persistence;

import io.platform.commons.digest.Sha256Digests;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that encrypts config vars: 256 bits for AES.
 *
 * @param id names the key beside what it encrypted: {@value #ID_LENGTH} hexadecimal digits, made of
 *     the key itself, so that one id never stands for two keys
 */
record ConfigKey(String id, SecretKey secret) {
  static final int ID_LENGTH = 12;
  static final int BYTES = 32;

  /** The key of these {@value #BYTES} bytes. */
  static ConfigKey of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a key has %d bytes".formatted(BYTES));
    }
    return new ConfigKey(
        HexFormat.of().formatHex(Sha256Digests.start().digest(bytes)).substring(0, ID_LENGTH),
        new SecretKeySpec(bytes, "AES"));
  }

  /** Tells nothing of the key. */
  @Override
  public String toString() {
    return "ConfigKey[" + id + "]";
  }
}
