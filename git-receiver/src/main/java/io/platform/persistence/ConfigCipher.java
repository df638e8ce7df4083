package io.platform.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Encrypts text with AES-256-GCM (NIST SP 800-38D). The result is {@code v1:KEY:DATA}: the key's
 * id, and Base64 of a random nonce of 12 bytes, the encrypted text and a tag of 16 bytes. The tag
 * also covers the place where the text is kept, so that it does not decrypt anywhere else. Safe for
 * many threads.
 */
final class ConfigCipher {
  /** What everything that is encrypted begins with; JSON never does. */
  static final String VERSION = "v1:";

  /** Characters before the data. */
  static final int PREFIX_LENGTH = VERSION.length() + ConfigKey.ID_LENGTH + 1;

  private static final String ALGORITHM = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final ConfigKeys keys;
  private final SecureRandom random = new SecureRandom();

  ConfigCipher(ConfigKeys keys) {
    this.keys = keys;
  }

  /** What everything begins with that the first key encrypted. */
  String prefix() {
    return VERSION + keys.first().id() + ":";
  }

  /** The id of the key that encrypted it; empty where it is not encrypted. */
  static Optional<String> keyId(String stored) {
    return stored.startsWith(VERSION) && stored.length() >= PREFIX_LENGTH
        ? Optional.of(stored.substring(VERSION.length(), PREFIX_LENGTH - 1))
        : Optional.empty();
  }

  /**
   * Encrypts with the first key.
   *
   * @param place where the result is kept
   */
  String encrypt(String place, String text) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] data =
          cipher(Cipher.ENCRYPT_MODE, keys.first(), nonce, place).doFinal(text.getBytes(UTF_8));
      byte[] whole = ByteBuffer.allocate(nonce.length + data.length).put(nonce).put(data).array();
      return prefix() + Base64.getEncoder().withoutPadding().encodeToString(whole);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /**
   * The text again.
   *
   * @throws GeneralSecurityException where it is not encrypted, its key is missing, or it was
   *     changed or comes from another place
   */
  String decrypt(String place, String stored) throws GeneralSecurityException {
    String id =
        keyId(stored).orElseThrow(() -> new GeneralSecurityException("it is not encrypted"));
    ConfigKey key =
        keys.find(id)
            .orElseThrow(() -> new GeneralSecurityException("key %s is missing".formatted(id)));
    byte[] whole = decode(stored.substring(PREFIX_LENGTH));
    byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
    byte[] text =
        cipher(Cipher.DECRYPT_MODE, key, nonce, place)
            .doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES);
    return new String(text, UTF_8);
  }

  /**
   * 256 bits of the first key for a purpose, which tell nothing of the key (HKDF, RFC 5869); as
   * hexadecimal digits.
   */
  String derive(String purpose) {
    try {
      byte[] derived =
          KDF.getInstance("HKDF-SHA256")
              .deriveData(
                  HKDFParameterSpec.ofExtract()
                      .addIKM(keys.first().secret())
                      .thenExpand(purpose.getBytes(UTF_8), ConfigKey.BYTES));
      return HexFormat.of().formatHex(derived);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HKDF-SHA256", e);
    }
  }

  private static byte[] decode(String data) throws GeneralSecurityException {
    try {
      byte[] whole = Base64.getDecoder().decode(data);
      if (whole.length >= NONCE_BYTES + TAG_BITS / Byte.SIZE) {
        return whole;
      }
      throw new GeneralSecurityException("it is cut off");
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("it is not Base64", e);
    }
  }

  private static Cipher cipher(int mode, ConfigKey key, byte[] nonce, String place)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(ALGORITHM);
    cipher.init(mode, key.secret(), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(place.getBytes(UTF_8));
    return cipher;
  }
}
