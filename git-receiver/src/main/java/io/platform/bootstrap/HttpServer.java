package io.platform.bootstrap;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.platform.commons.http.HttpDefaults;
import io.platform.commons.http.SlowRequestLimits;
import io.platform.commons.http.VirtualThreads;
import io.platform.proxy.AppProxy;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.FilterHolder;

/** A program's port: routes, and before them, where there are any, the proxy and git. */
public final class HttpServer {
  private HttpServer() {}

  /** Serves these routes alone. */
  public static AutoCloseable open(ListeningPort port, Consumer<JavalinConfig> routes)
      throws StartupException {
    return start(port, new VirtualThreads(), routes);
  }

  /** Serves the proxy first, by host name; then git, by the shape of the path; then the routes. */
  public static AutoCloseable open(
      ListeningPort port, AppProxy proxy, Filter git, Consumer<JavalinConfig> routes)
      throws StartupException {
    return start(
        port,
        new ProxyFirstHandler(proxy),
        config -> {
          config.jetty.modifyHttpConfiguration(AppProxy::configure);
          config.jetty.modifyServletContextHandler(context -> {
            FilterHolder holder = new FilterHolder(git);
            holder.setAsyncSupported(true);
            context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
          });
          routes.accept(config);
        });
  }

  private static AutoCloseable start(
      ListeningPort port, VirtualThreads handlers, Consumer<JavalinConfig> more)
      throws StartupException {
    Javalin javalin =
        Javalin.create(config -> {
          HttpDefaults.apply(config, handlers);
          port.serve(config, SlowRequestLimits.defaults());
          more.accept(config);
        });
    try {
      javalin.start();
      return () -> stop(javalin, port);
    } catch (RuntimeException e) {
      stop(javalin, port);
      throw new StartupException(
          "The platform cannot serve port %d: %s. Look in the log for the cause."
              .formatted(port.port(), rootMessage(e)),
          e);
    }
  }

  private static void stop(Javalin javalin, ListeningPort port) {
    javalin.stop();
    port.close();
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
