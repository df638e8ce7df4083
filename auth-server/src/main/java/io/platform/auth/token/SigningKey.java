package io.platform.auth.token;

import com.nimbusds.jose.jwk.ECKey;
import java.time.Instant;

/**
 * A key pair on P-256.
 *
 * @param key with its private part; {@code kid} is the key's RFC 7638 thumbprint
 * @param verifiesUntil when the last token that it signed has expired; far away for the one that
 *     signs now
 */
public record SigningKey(ECKey key, Instant createdAt, Instant verifiesUntil) {

  public String kid() {
    return key.getKeyID();
  }

  @Override
  public String toString() {
    return "SigningKey[" + kid() + "]";
  }
}
