package io.platform.commons.http;

import io.javalin.config.JavalinConfig;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** What all HTTP servers of the platform have alike: threads, limits, errors. */
public final class HttpDefaults {
  private static final int MOST_THREADS = 200;
  private static final int MOST_CONNECTIONS = 10_000;

  private HttpDefaults() {}

  /**
   * Applies them. Connections are served by platform threads, which the machine shares fairly;
   * handlers run on virtual threads.
   *
   * @param handlers in front of Javalin's
   */
  public static void apply(JavalinConfig config, VirtualThreads handlers) {
    apply(config, handlers, SlowRequestLimits.defaults());
  }

  /** The same with other limits for requests. */
  public static void apply(
      JavalinConfig config, VirtualThreads handlers, SlowRequestLimits requests) {
    QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS);
    threads.setName("http");
    config.startup.showJavalinBanner = false;
    config.concurrency.useVirtualThreads = true;
    config.jetty.threadPool = threads;
    config.jetty.modifyServer(server -> {
      server.setHandler(handlers);
      server.setErrorHandler(new PlainErrors("The platform"));
      server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, server));
    });
    config.jetty.modifyServletContextHandler(
        context -> context.setErrorHandler(new PlainErrors("The platform")));
    config.appData(SlowRequestLimits.KEY, requests);
    Problems.register(config);
  }
}
