package io.platform.auth.token;

import io.platform.commons.digest.Sha256Digests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * OAuth clients. A confidential client is a server with a secret that a program made: long and
 * random, so that a plain digest keeps it. Digests of equal length are compared in constant time.
 */
public final class Clients {

  /** The one public client: the command line. It has no secret. */
  public static final String COMMAND_LINE = "platform-cli";

  /** Shorter secrets could be guessed from their digest. */
  public static final int SHORTEST_SECRET = 32;

  private final ClientStore store;

  public Clients(ClientStore store) {
    this.store = store;
  }

  /**
   * Adds a confidential client, or changes its secret.
   *
   * @throws IllegalArgumentException if the id has characters that do not fit HTTP Basic, or the
   *     secret is short
   */
  public void provision(String id, String secret) {
    if (!id.matches("[a-z][a-z0-9-]{0,62}") || id.equals(COMMAND_LINE)) {
      throw new IllegalArgumentException(
          "the client's id is not made of lower-case letters, digits and hyphens");
    }
    if (secret.length() < SHORTEST_SECRET) {
      throw new IllegalArgumentException(
          "the secret of " + id + " has fewer than " + SHORTEST_SECRET + " characters");
    }
    store.put(id, Sha256Digests.hex(secret));
  }

  public boolean isSecretOf(String id, String secret) {
    String expected = store.secretHash(id).orElse("");
    return MessageDigest.isEqual(
        Sha256Digests.hex(secret).getBytes(StandardCharsets.US_ASCII),
        expected.getBytes(StandardCharsets.US_ASCII));
  }
}
