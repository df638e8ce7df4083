package io.platform.commons.http;

import io.javalin.config.JavalinConfig;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * A port that is served with HTTPS.
 *
 * @param port bound and not served yet
 * @param context has the certificates
 */
public record TlsPort(ListeningPort port, SSLContext context) implements AutoCloseable {
  /** Lets a Javalin that is being configured serve this port. */
  void serve(JavalinConfig javalin, SlowRequestLimits limits) {
    port.serve(javalin, limits, this::factories);
  }

  private ConnectionFactory[] factories(HttpConfiguration http) {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setSslContext(context);
    HttpConfiguration secure = new HttpConfiguration(http);
    // Which certificate is for which host is the context's to know, and no concern of requests.
    secure.addCustomizer(new SecureRequestCustomizer(false));
    HttpConnectionFactory requests = new HttpConnectionFactory(secure);
    return new ConnectionFactory[] {
      new SslConnectionFactory(tls, requests.getProtocol()), requests
    };
  }

  @Override
  public void close() {
    port.close();
  }
}
