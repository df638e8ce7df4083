package io.platform.tls;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/**
 * Reads the key of a certificate: PKCS #8 (RFC 5958), or OpenSSL's older forms of RSA (RFC 8017,
 * A.1.2) and EC keys (RFC 5915). What those leave out is in the certificate.
 */
final class PrivateKeyPem {
  private static final String WHAT = "The private key";
  private static final String PKCS8 = "PRIVATE KEY";
  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int LONG_FORM = 0x80;

  private PrivateKeyPem() {}

  /**
   * The key.
   *
   * @param owner the public key of the certificate
   */
  static PrivateKey parse(String pem, PublicKey owner) throws CertificateProblem {
    List<PemBlock> keys =
        PemBlock.parse(pem, WHAT).stream().filter(it -> it.label().endsWith(PKCS8)).toList();
    if (keys.isEmpty()) {
      throw new CertificateProblem(
          "The second file has no private key: it must be in PEM, with a line -----BEGIN PRIVATE KEY-----.");
    }
    PemBlock key = keys.getFirst();
    if (key.encrypted() || key.label().startsWith("ENCRYPTED")) {
      throw new CertificateProblem(
          "The private key is protected by a password, which the platform does not have. Remove it with   openssl pkey -in KEY.pem -out plain.pem   and give that file.");
    }
    try {
      byte[] der = key.label().equals(PKCS8) ? key.der() : wrap(key.der(), owner);
      return KeyFactory.getInstance(owner.getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (GeneralSecurityException e) {
      throw new CertificateProblem(
          "The private key is not that of the certificate, or cannot be read: the certificate has a key of the kind %s. Give the key with which the certificate was requested."
              .formatted(owner.getAlgorithm()),
          e);
    }
  }

  /** As PKCS #8: version 0, the algorithm of the public key (RFC 5280, 4.1), the key. */
  private static byte[] wrap(byte[] key, PublicKey owner) {
    byte[] publicKey = owner.getEncoded();
    int start = headerLength(publicKey, 0);
    int end = start + headerLength(publicKey, start) + contentLength(publicKey, start);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(new byte[] {INTEGER, 1, 0});
    content.write(publicKey, start, end - start);
    content.writeBytes(element(OCTET_STRING, key));
    return element(SEQUENCE, content.toByteArray());
  }

  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream element = new ByteArrayOutputStream();
    element.write(tag);
    if (content.length < LONG_FORM) {
      element.write(content.length);
    } else {
      element.write(LONG_FORM | 2);
      element.write(content.length >> Byte.SIZE);
      element.write(content.length);
    }
    element.writeBytes(content);
    return element.toByteArray();
  }

  private static int headerLength(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    return first < LONG_FORM ? 2 : 2 + (first & ~LONG_FORM);
  }

  private static int contentLength(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    if (first < LONG_FORM) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < (first & ~LONG_FORM); i++) {
      length = (length << Byte.SIZE) | (der[at + 2 + i] & 0xff);
    }
    return length;
  }
}
