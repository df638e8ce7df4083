package io.platform.commons.metrics;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.javalin.config.JavalinConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.util.List;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A server's metrics: the registry, with what every server has (JVM, database pools, HTTP
 * requests), and {@code /metrics} on a port of its own. Whoever reaches that port may read them.
 */
public final class ServerMetrics implements AutoCloseable {
  private static final int THREADS = 8;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final Server server;
  private final ServerConnector connector;

  private ServerMetrics(MetricsAddress address, ErrorHandler errors) {
    List<MeterBinder> jvm =
        List.of(
            collections,
            new ClassLoaderMetrics(),
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new ProcessorMetrics(),
            new UptimeMetrics(),
            new FileDescriptorMetrics());
    jvm.forEach(binder -> binder.bindTo(registry));
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 1);
    threads.setName("metrics");
    server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(address.host());
    connector.setPort(address.port());
    server.addConnector(connector);
    server.setErrorHandler(errors);
    server.setHandler(new Handler.Sequence(new MetricsHandler(registry)));
  }

  /**
   * Serves metrics at this address.
   *
   * @param errors answers all requests but those for metrics
   * @throws IOException with a sentence for the operator, where the address cannot be bound
   */
  public static ServerMetrics open(MetricsAddress address, ErrorHandler errors) throws IOException {
    ServerMetrics metrics = new ServerMetrics(address, errors);
    try {
      metrics.server.start();
      return metrics;
    } catch (Exception e) {
      metrics.close();
      throw new IOException(
          "Metrics cannot be served at %s: %s. Stop what listens there, or choose another address."
              .formatted(address, rootMessage(e)),
          e);
    }
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  /** Where more meters are registered. */
  public MeterRegistry registry() {
    return registry;
  }

  /** The port that is bound. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Measures the requests of a Javalin that is being configured. */
  public void observe(JavalinConfig javalin) {
    javalin.requestLogger.http(new RequestMetrics(registry));
  }

  /** Measures a database pool that is being configured. */
  public void observe(HikariConfig pool) {
    pool.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(registry));
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the port of metrics did not close", e);
    } finally {
      collections.close();
      registry.close();
    }
  }
}
