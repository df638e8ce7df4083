package io.platform.proxy;

import io.platform.domain.App;
import io.platform.domain.MaintenancePage;
import io.platform.domain.port.Apps;
import io.platform.domain.port.Maintenance;
import io.platform.domain.port.Releases;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Knows which host names are the platform's own and which belong to apps. */
public final class AppHosts {
  /**
   * Addresses are the platform's: health checks and the machine's own programs use them, and no
   * name of somebody else's leads to one.
   */
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-f:.%]+]");

  private final String appSuffix;
  private final Set<String> own;
  private final Apps apps;
  private final Releases releases;
  private final Maintenance maintenance;

  /**
   * Apps whose hosts are under this domain, or are domains of their own.
   *
   * @param own the platform's own host names besides the domain and localhost
   */
  public AppHosts(
      String domain,
      Collection<String> own,
      Apps apps,
      Releases releases,
      Maintenance maintenance) {
    String name = domain.toLowerCase(Locale.ROOT);
    this.appSuffix = "." + name;
    this.own = own.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    this.own.add(name);
    this.own.add("localhost");
    this.apps = apps;
    this.releases = releases;
    this.maintenance = maintenance;
  }

  /** Whether a host name, lower case and without port, is the platform's. */
  public boolean isOwn(String host) {
    return own.contains(host) || ADDRESS.matcher(host).matches();
  }

  /** What is known of a host name that nothing is routed for. */
  public HostState state(String host) {
    return apps.findByHost(host)
        .map(this::state)
        .orElse(host.endsWith(appSuffix) ? HostState.NO_APP : HostState.FOREIGN);
  }

  /** The page of its own that an app in maintenance has; empty for the platform's. */
  public Optional<String> maintenancePage(String host) {
    return apps.findByHost(host)
        .flatMap(app -> maintenance.page(app.id()))
        .map(MaintenancePage::html);
  }

  private HostState state(App app) {
    if (app.maintenance()) {
      return HostState.MAINTENANCE;
    }
    return releases
        .live(app)
        .map(live -> live.hasWeb() ? HostState.DOWN : HostState.NO_WEB)
        .orElse(HostState.EMPTY);
  }
}
