package io.platform.storage;

import io.platform.commons.digest.Sha256Digests;
import java.security.MessageDigest;
import java.util.Optional;

/** Compares content with what was stated when it was stored. */
public sealed interface ContentDigest {
  /** Takes the next bytes. */
  void update(byte[] bytes, int offset, int length);

  /** Whether all bytes were those; called once. */
  boolean matches();

  /**
   * The strictest comparison that the store has kept something for.
   *
   * @param sha256Hex of all bytes; empty where it is not known
   */
  static ContentDigest of(String sha256Hex, Optional<PartedDigest> parts) {
    if (!sha256Hex.isEmpty()) {
      return new Whole(sha256Hex);
    }
    return parts.<ContentDigest>map(Parted::new).orElseGet(Nothing::new);
  }

  /** The SHA-256 of all bytes. */
  final class Whole implements ContentDigest {
    private final MessageDigest digest = Sha256Digests.start();
    private final String expected;

    public Whole(String expectedHex) {
      this.expected = expectedHex;
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
      digest.update(bytes, offset, length);
    }

    @Override
    public boolean matches() {
      return hex().equals(expected);
    }

    public String hex() {
      return Digests.hex(digest.digest());
    }
  }

  /** The SHA-256 of the SHA-256 of each part. */
  final class Parted implements ContentDigest {
    private final PartedDigest expected;
    private final MessageDigest outer = Sha256Digests.start();
    private final MessageDigest inner = Sha256Digests.start();
    private long inPart;
    private int parts;

    Parted(PartedDigest expected) {
      this.expected = expected;
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
      int done = 0;
      while (done < length) {
        int n = (int) Math.min(length - done, expected.partSize() - inPart);
        inner.update(bytes, offset + done, n);
        done += n;
        inPart += n;
        if (inPart == expected.partSize()) {
          endPart();
        }
      }
    }

    private void endPart() {
      outer.update(inner.digest());
      inPart = 0;
      parts++;
    }

    @Override
    public boolean matches() {
      if (inPart > 0) {
        endPart();
      }
      return parts == expected.parts() && Digests.base64(outer.digest()).equals(expected.base64());
    }
  }

  /** For objects that others put there without a digest. */
  final class Nothing implements ContentDigest {
    @Override
    public void update(byte[] bytes, int offset, int length) {}

    @Override
    public boolean matches() {
      return true;
    }
  }
}
