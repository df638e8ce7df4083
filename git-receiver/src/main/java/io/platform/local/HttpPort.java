package io.platform.local;

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

/**
 * The one port: the proxy first, by host name; then git, by the shape of the path; then the routes.
 */
final class HttpPort {
  private HttpPort() {}

  static Javalin open(
      String address, int port, AppProxy proxy, Filter git, Consumer<JavalinConfig> routes)
      throws UpFailed {
    Javalin javalin =
        Javalin.create(config -> {
          config.startup.showJavalinBanner = false;
          config.concurrency.useVirtualThreads = true;
          config.jetty.modifyHttpConfiguration(AppProxy::configure);
          config.jetty.modifyServer(server -> server.setHandler(new Handler.Sequence(proxy)));
          config.jetty.modifyServletContextHandler(context -> {
            FilterHolder holder = new FilterHolder(git);
            holder.setAsyncSupported(true);
            context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
          });
          Problems.register(config);
          routes.accept(config);
        });
    try {
      return javalin.start(address, port);
    } catch (RuntimeException e) {
      javalin.stop();
      throw new UpFailed(
          "The platform cannot listen on %s port %d: %s. Stop what listens there, or choose another port with --port."
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
