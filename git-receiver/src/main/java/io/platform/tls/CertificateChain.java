package io.platform.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.platform.commons.digest.Sha256Digests;
import io.platform.domain.DomainName;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A certificate and those that lead to one that browsers know: each was signed by the next one (RFC
 * 8446, 4.4.2).
 *
 * @param certificates at least one; the first is the domain's own
 */
public record CertificateChain(List<X509Certificate> certificates) {
  private static final String WHAT = "The certificate";
  private static final int DNS_NAME = 2;
  private static final int LINE = 64;

  /** Copies the list. */
  public CertificateChain {
    certificates = List.copyOf(certificates);
  }

  /**
   * Reads a PEM file.
   *
   * @throws CertificateProblem where it has no certificate, or one that cannot be read
   */
  public static CertificateChain parse(String pem) throws CertificateProblem {
    List<X509Certificate> certificates = new ArrayList<>();
    for (PemBlock block : PemBlock.parse(pem, WHAT)) {
      if (block.label().equals("CERTIFICATE")) {
        certificates.add(certificate(block));
      }
    }
    if (certificates.isEmpty()) {
      throw new CertificateProblem(
          "The first file has no certificate: it must be in PEM, with a line -----BEGIN CERTIFICATE-----. Convert DER with   openssl x509 -inform der -in FILE -out cert.pem");
    }
    return new CertificateChain(certificates);
  }

  private static X509Certificate certificate(PemBlock block) throws CertificateProblem {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.der()));
    } catch (CertificateException e) {
      throw new CertificateProblem(
          "The certificate cannot be read: it is damaged. Copy the file again.", e);
    }
  }

  /** The domain's own certificate. */
  public X509Certificate own() {
    return certificates.getFirst();
  }

  /** From when to when it is valid: the first instant after. */
  public Instant notAfter() {
    return own().getNotAfter().toInstant();
  }

  /** From when on it is valid. */
  public Instant notBefore() {
    return own().getNotBefore().toInstant();
  }

  /** The host names that it is for, in lower case; {@code *.example.com} for one label more. */
  public List<String> names() {
    try {
      Collection<List<?>> all =
          Optional.ofNullable(own().getSubjectAlternativeNames()).orElseGet(List::of);
      return all.stream()
          .filter(name -> name.getFirst().equals(DNS_NAME))
          .map(name -> String.valueOf(name.get(1)).toLowerCase(Locale.ROOT))
          .sorted()
          .toList();
    } catch (CertificateException e) {
      return List.of(); // names that nobody can read are for no domain
    }
  }

  /** Whether it is for a domain; a wildcard only where it has that wildcard. */
  public boolean isFor(DomainName domain) {
    List<String> names = names();
    return names.contains(domain.value())
        || (!domain.isWildcard() && names.contains(DomainName.wildcardOf(domain.value())));
  }

  /** Who signed it, as RFC 2253 writes names. */
  public String issuer() {
    return own().getIssuerX500Principal().getName();
  }

  /** The SHA-256 of the certificate, in hexadecimal. */
  public String fingerprint() {
    MessageDigest digest = Sha256Digests.start();
    try {
      digest.update(own().getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("it was read from this form", e);
    }
    return Sha256Digests.hex(digest);
  }

  /** As a PEM file, without comments. */
  public String toPem() {
    StringBuilder pem = new StringBuilder();
    for (X509Certificate certificate : certificates) {
      try {
        pem.append(pem("CERTIFICATE", certificate.getEncoded()));
      } catch (CertificateException e) {
        throw new IllegalStateException("it was read from this form", e);
      }
    }
    return pem.toString();
  }

  static String pem(String label, byte[] der) {
    String base64 = Base64.getMimeEncoder(LINE, "\n".getBytes(US_ASCII)).encodeToString(der);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, base64);
  }
}
