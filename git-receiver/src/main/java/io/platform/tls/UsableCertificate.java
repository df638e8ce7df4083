package io.platform.tls;

import io.platform.domain.CertificateLimits;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** A certificate that HTTPS can be served with, and its key. */
public record UsableCertificate(CertificateChain chain, PrivateKey key) {
  private static final byte[] SAMPLE = new byte[32];

  /**
   * Reads and checks what a user gives: the key is the certificate's, each certificate was signed
   * by the next one, and it is valid now.
   */
  public static UsableCertificate check(
      String chainPem, String keyPem, CertificateLimits limits, Instant now)
      throws CertificateProblem {
    if (chainPem.length() > limits.bytes() || keyPem.length() > limits.bytes()) {
      throw new CertificateProblem(
          "Certificate and key may have %d KiB each: give those of the domain alone, with the certificates between it and the authority."
              .formatted(limits.bytes() / 1024));
    }
    CertificateChain chain = CertificateChain.parse(chainPem);
    if (chain.certificates().size() > limits.chain()) {
      throw new CertificateProblem(
          "The file has %d certificates; the limit is %d: give that of the domain, and those between it and the authority."
              .formatted(chain.certificates().size(), limits.chain()));
    }
    PrivateKey key = PrivateKeyPem.parse(keyPem, chain.own().getPublicKey());
    requireOwner(chain, key);
    requireOrder(chain.certificates());
    requireValid(chain, now);
    return new UsableCertificate(chain, key);
  }

  /** Reads what {@link #check} was content with, and {@link #keyPem} wrote. */
  static UsableCertificate read(String chainPem, String keyPem) throws CertificateProblem {
    CertificateChain chain = CertificateChain.parse(chainPem);
    return new UsableCertificate(chain, PrivateKeyPem.parse(keyPem, chain.own().getPublicKey()));
  }

  /** The key as PKCS #8 in PEM. */
  public String keyPem() {
    return CertificateChain.pem("PRIVATE KEY", key.getEncoded());
  }

  private static void requireOwner(CertificateChain chain, PrivateKey key)
      throws CertificateProblem {
    boolean isFirst = matches(chain.own(), key);
    if (isFirst) {
      return;
    }
    boolean isLater = chain.certificates().stream().anyMatch(it -> matches(it, key));
    throw new CertificateProblem(
        isLater
            ? "The private key is that of a later certificate in the file: put the domain's own certificate first, and each one's issuer after it."
            : "The private key is not that of the certificate: give the key with which the certificate was requested.");
  }

  private static boolean matches(X509Certificate certificate, PrivateKey key) {
    try {
      String algorithm =
          switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
          };
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(SAMPLE);
      byte[] signature = signer.sign();
      signer.initVerify(certificate.getPublicKey());
      signer.update(SAMPLE);
      return signer.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // a key of another kind
    }
  }

  private static void requireOrder(List<X509Certificate> certificates) throws CertificateProblem {
    for (int i = 0; i + 1 < certificates.size(); i++) {
      try {
        certificates.get(i).verify(certificates.get(i + 1).getPublicKey());
      } catch (GeneralSecurityException e) {
        throw new CertificateProblem(
            "Certificate %d in the file was not signed by certificate %d: put the domain's own certificate first, and each one's issuer after it."
                .formatted(i + 1, i + 2),
            e);
      }
    }
  }

  private static void requireValid(CertificateChain chain, Instant now) throws CertificateProblem {
    if (!now.isBefore(chain.notAfter())) {
      throw new CertificateProblem(
          "The certificate expired on %s: give a newer one.".formatted(chain.notAfter()));
    }
    if (now.isBefore(chain.notBefore())) {
      throw new CertificateProblem(
          "The certificate is valid from %s on: add it then, or check the server's clock."
              .formatted(chain.notBefore()));
    }
  }
}
