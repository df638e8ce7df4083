package io.platform.bootstrap;

import io.platform.commons.http.VirtualThreads;
import io.platform.proxy.AppProxy;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/** Passes each request to the proxy first, on a platform thread, because the proxy never blocks. */
final class ProxyFirstHandler extends VirtualThreads {
  private final AppProxy proxy;

  ProxyFirstHandler(AppProxy proxy) {
    this.proxy = proxy;
    addBean(proxy);
  }

  @Override
  public void setServer(Server server) {
    super.setServer(server);
    proxy.setServer(server);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    return proxy.handle(request, response, callback) || super.handle(request, response, callback);
  }
}
