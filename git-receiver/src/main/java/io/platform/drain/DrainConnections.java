package io.platform.drain;

import io.platform.domain.DrainUrl;
import java.io.IOException;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/** Makes the ways to receivers; they share the rule on addresses, authorities and connections. */
final class DrainConnections implements AutoCloseable {
  private static final int IDLE = 20;
  private static final Duration KEPT = Duration.ofMinutes(1);

  private final DrainConfig.Times times;
  private final CheckedSocketFactory sockets;
  private final TrustedAuthorities authorities;
  private final OkHttpClient client;
  private final ScheduledExecutorService deadlines =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("deadlines of drains").factory());

  /**
   * Connects to nothing yet.
   *
   * @throws IOException where the file of certificates cannot be used
   */
  DrainConnections(DrainConfig config) throws IOException {
    this.times = config.times();
    this.sockets = new CheckedSocketFactory(new DrainAddresses(config.limits().privateAddresses()));
    this.authorities = TrustedAuthorities.read(config.certificates());
    this.client =
        new OkHttpClient.Builder()
            .socketFactory(sockets)
            .sslSocketFactory(authorities.sockets(), authorities.manager())
            .protocols(List.of(Protocol.HTTP_1_1))
            .proxy(Proxy.NO_PROXY)
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(true)
            .connectTimeout(times.connect())
            .readTimeout(times.stalled())
            .writeTimeout(times.stalled())
            .callTimeout(times.connect().plus(times.stalled().multipliedBy(2)))
            .connectionPool(new ConnectionPool(IDLE, KEPT.toSeconds(), TimeUnit.SECONDS))
            .build();
  }

  DrainConnection open(DrainUrl url) {
    return switch (url.protocol()) {
      case SYSLOG, SYSLOG_TLS -> new SyslogConnection(url, sockets, authorities, times, deadlines);
      case HTTPS -> new HttpsConnection(url, client);
    };
  }

  @Override
  public void close() {
    deadlines.shutdownNow();
    client.connectionPool().evictAll();
    client.dispatcher().executorService().shutdown();
  }
}
