package io.platform.server;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.platform.proxy.AppProxy;
import io.platform.web.Problems;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.server.Handler;

/** A program's port: routes, and before them, where there are any, the proxy and git. */
public final class HttpPort {
  private HttpPort() {}

  /** Serves these routes alone. */
  public static AutoCloseable open(String address, int port, Consumer<JavalinConfig> routes)
      throws StartFailed {
    return start(address, port, routes);
  }

  /** Serves the proxy first, by host name; then git, by the shape of the path; then the routes. */
  public static AutoCloseable open(
      String address, int port, AppProxy proxy, Filter git, Consumer<JavalinConfig> routes)
      throws StartFailed {
    return start(
        address,
        port,
        config -> {
          config.jetty.modifyHttpConfiguration(AppProxy::configure);
          config.jetty.modifyServer(server -> server.setHandler(new Handler.Sequence(proxy)));
          config.jetty.modifyServletContextHandler(context -> {
            FilterHolder holder = new FilterHolder(git);
            holder.setAsyncSupported(true);
            context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
          });
          routes.accept(config);
        });
  }

  private static AutoCloseable start(String address, int port, Consumer<JavalinConfig> more)
      throws StartFailed {
    Javalin javalin =
        Javalin.create(config -> {
          config.startup.showJavalinBanner = false;
          config.concurrency.useVirtualThreads = true;
          Problems.register(config);
          more.accept(config);
        });
    try {
      javalin.start(address, port);
      return javalin::stop;
    } catch (RuntimeException e) {
      javalin.stop();
      throw new StartFailed(
          "The platform cannot listen on %s port %d: %s. Stop what listens there, or choose another port."
              .formatted(address, port, rootMessage(e)),
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
}
