package io.platform.cli.client;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;

/** Tells the HTTP client the proxy of each URL. */
final class ProxyChoice extends ProxySelector {
  private final ProxyVariables settings;

  ProxyChoice(ProxyVariables settings) {
    this.settings = settings;
  }

  @Override
  public List<Proxy> select(URI uri) {
    try {
      return List.of(
          settings
              .proxyFor(uri)
              .map(it -> new Proxy(Proxy.Type.HTTP, it.address()))
              .orElse(Proxy.NO_PROXY));
    } catch (ClientException.ProxyFailed e) {
      throw new IllegalStateException("asked for before the request was made", e);
    }
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failed) {
    // The request fails with the same, and says so.
  }
}
