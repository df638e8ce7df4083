package io.platform.bootstrap;

import io.javalin.config.JavalinConfig;
import io.platform.commons.http.HttpServer;
import io.platform.commons.http.HttpServerConfig;
import io.platform.commons.http.ListeningPort;
import io.platform.commons.http.ServerName;
import io.platform.commons.http.TlsPort;
import io.platform.proxy.AppProxy;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.FilterHolder;

/** The port that users reach: the proxy to apps, git, and the API's routes. */
public final class PublicPort {
  private PublicPort() {}

  /**
   * Serves the proxy first, by host name; then git, by the shape of the path; then the routes.
   *
   * @throws IOException with a sentence for the operator, where it cannot start
   */
  public static HttpServer serve(
      ListeningPort port, AppProxy proxy, Filter git, Consumer<JavalinConfig> routes)
      throws IOException {
    return serve(port, Optional.empty(), proxy, git, routes);
  }

  /** The same, on a port with HTTPS, too. */
  public static HttpServer serve(
      ListeningPort port,
      Optional<TlsPort> tls,
      AppProxy proxy,
      Filter git,
      Consumer<JavalinConfig> routes)
      throws IOException {
    return HttpServer.start(
        port,
        tls,
        HttpServerConfig.of(ServerName.PLATFORM),
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
}
