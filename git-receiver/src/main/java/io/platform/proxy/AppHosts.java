package io.platform.proxy;

import io.platform.app.App;
import io.platform.app.Apps;
import java.util.Locale;

/**
 * Which host names are the platform's own, and what is known of the others: apps are under the
 * platform's domain.
 */
public final class AppHosts {
  private final String appSuffix;
  private final Apps apps;

  /** Apps whose hosts are under this domain. */
  public AppHosts(String domain, Apps apps) {
    this.appSuffix = "." + domain.toLowerCase(Locale.ROOT);
    this.apps = apps;
  }

  /** Whether a host name, lower case and without port, is no app's. */
  public boolean isOwn(String host) {
    return !host.endsWith(appSuffix);
  }

  /** What is known of a host name that nothing is routed for. */
  public HostState state(String host) {
    return apps.findByHost(host).map(AppHosts::state).orElse(HostState.NO_APP);
  }

  private static HostState state(App app) {
    return app.live().isPresent() ? HostState.DOWN : HostState.EMPTY;
  }
}
