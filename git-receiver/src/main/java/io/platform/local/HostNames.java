package io.platform.local;

import io.platform.app.App;
import io.platform.app.Apps;
import io.platform.proxy.HostState;
import java.util.Locale;

/**
 * Which host names are the platform's own, and what is known of the others: apps are under the
 * platform's domain.
 */
final class HostNames {
  private final String appSuffix;
  private final Apps apps;

  HostNames(String domain, Apps apps) {
    this.appSuffix = "." + domain.toLowerCase(Locale.ROOT);
    this.apps = apps;
  }

  boolean isOwn(String host) {
    return !host.endsWith(appSuffix);
  }

  HostState state(String host) {
    return apps.findByHost(host).map(HostNames::state).orElse(HostState.NO_APP);
  }

  private static HostState state(App app) {
    return app.live().isPresent() ? HostState.DOWN : HostState.EMPTY;
  }
}
