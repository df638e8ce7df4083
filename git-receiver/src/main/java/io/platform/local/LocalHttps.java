package io.platform.local;

import io.platform.commons.http.ListeningPort;
import io.platform.commons.http.ServerName;
import io.platform.commons.http.TlsPort;
import io.platform.commons.settings.ListenAddress;
import io.platform.domain.port.AppCertificates;
import io.platform.domain.port.Signals;
import io.platform.proxy.HttpsPort;
import io.platform.tls.ServerCertificates;
import io.platform.tls.TlsContexts;
import java.io.IOException;

/** HTTPS for apps' domains: its port, and the certificates that it is served with. */
final class LocalHttps implements AutoCloseable {
  private final TlsPort port;
  private final ServerCertificates certificates;

  private LocalHttps(TlsPort port, ServerCertificates certificates) {
    this.port = port;
    this.certificates = certificates;
  }

  /**
   * Binds the port, which is not served yet.
   *
   * @param port 0 for one that is free
   * @throws IOException with a sentence for the operator, where it cannot be bound
   */
  static LocalHttps open(
      ListenAddress address, int port, AppCertificates appCertificates, Signals signals)
      throws IOException {
    ListeningPort bound = ListeningPort.bind(ServerName.PLATFORM, address, port, "--tls-port");
    ServerCertificates certificates = new ServerCertificates(appCertificates, signals);
    return new LocalHttps(new TlsPort(bound, TlsContexts.server(certificates)), certificates);
  }

  /** What the HTTP server serves, and closes. */
  TlsPort port() {
    return port;
  }

  int number() {
    return port.port().port();
  }

  /** What the proxy redirects to. */
  HttpsPort redirects() {
    return new HttpsPort(number(), certificates::isServed);
  }

  @Override
  public void close() {
    certificates.close();
    port.close();
  }
}
