package io.platform.local;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Asks a TLS server for a host name, whatever its certificate is. */
final class ServedKey {
  private ServedKey() {}

  /** The kind of the server's key: {@code RSA} or {@code EC}. */
  static String of(String host, int port) throws Exception {
    AtomicReference<String> algorithm = new AtomicReference<>("none");
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Watcher(algorithm)}, null);
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName(host)));
      socket.setSSLParameters(parameters);
      socket.startHandshake();
    }
    return algorithm.get();
  }

  private record Watcher(AtomicReference<String> algorithm) implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) {
      algorithm.set(chain[0].getPublicKey().getAlgorithm());
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
