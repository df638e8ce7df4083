package io.platform.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificate authorities that the command trusts: those of the authorities that the JDK knows
 * and, as git has it, that the machine knows; in their place, as OpenSSL has it, a file may name
 * others. That is read only where the JDK's do not suffice.
 */
final class TrustedCertificates extends X509ExtendedTrustManager {
  /** Where Debian, Red Hat, SUSE and Alpine or macOS have theirs. */
  private static final List<Path> OF_THE_MACHINE =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
          Path.of("/etc/ssl/ca-bundle.pem"),
          Path.of("/etc/ssl/cert.pem"));

  private final X509ExtendedTrustManager known;
  private final Optional<Path> file;

  private TrustedCertificates(X509ExtendedTrustManager known, Optional<Path> file) {
    this.known = known;
    this.file = file;
  }

  /**
   * TLS with this trust.
   *
   * @param file certificates of authorities, in PEM, in the place of the machine's
   */
  static SSLContext context(Optional<Path> file) {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustedCertificates(manager(null), file)}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  /** One that believes these authorities; those of the JDK where there are none. */
  private static X509ExtendedTrustManager manager(@Nullable KeyStore authorities)
      throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509ExtendedTrustManager.class::isInstance)
        .map(X509ExtendedTrustManager.class::cast)
        .findFirst()
        .orElseThrow(() -> new GeneralSecurityException("the JDK checks no certificates"));
  }

  private Optional<X509ExtendedTrustManager> more() throws CertificateException {
    var from = file.or(() -> OF_THE_MACHINE.stream().filter(Files::isReadable).findFirst());
    if (from.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(from.get())) {
      var authorities = KeyStore.getInstance(KeyStore.getDefaultType());
      authorities.load(null, null);
      var number = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        authorities.setCertificateEntry("authority-" + number++, each);
      }
      if (number == 0) {
        throw new CertificateException(from.get() + " has no certificates");
      }
      return Optional.of(manager(authorities));
    } catch (IOException unreadable) {
      throw new CertificateException(from.get() + " cannot be read", unreadable);
    } catch (CertificateException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new CertificateException(from.get() + " has no good certificates", e);
    }
  }

  private interface Check {
    void by(X509ExtendedTrustManager trust) throws CertificateException;
  }

  private void check(Check check) throws CertificateException {
    try {
      check.by(known);
    } catch (CertificateException unknown) {
      var more = more();
      if (more.isEmpty()) {
        throw unknown;
      }
      check.by(more.get());
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(trust -> trust.checkServerTrusted(chain, type, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(trust -> trust.checkServerTrusted(chain, type, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(trust -> trust.checkServerTrusted(chain, type));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    known.checkClientTrusted(chain, type, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    known.checkClientTrusted(chain, type, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    known.checkClientTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return known.getAcceptedIssuers();
  }
}
