package io.platform.process.app;

import io.platform.domain.App;
import io.platform.domain.AppFeature;
import io.platform.domain.ProcessName;
import io.platform.domain.port.RouteOptions;
import io.platform.domain.port.Upstream;
import io.platform.process.log.AppLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses which web processes of an app get its requests: those of the current release that answer,
 * and with a gradual roll-out those of the next one, too.
 */
final class WebTraffic {
  private final AppReleases releases;
  private final AppRoute route;
  private final RequestLines requests;
  private final AppLog log;

  WebTraffic(AppReleases releases, AppRoute route, RequestLines requests, AppLog log) {
    this.releases = releases;
    this.route = route;
    this.requests = requests;
    this.log = log;
  }

  /** Passes a change on to the proxy. Without a process that answers, requests lead nowhere. */
  void update() {
    releases.current().ifPresent(this::update);
  }

  private void update(ReleaseProcesses current) {
    App app = current.spec().app();
    List<Upstream> upstreams = new ArrayList<>(current.upstreams());
    Map<Upstream, ProcessName> processes = new HashMap<>(current.webProcesses());
    releases
        .next()
        .filter(ReleaseProcesses::isGradual)
        .ifPresent(next -> {
          upstreams.addAll(next.upstreams());
          processes.putAll(next.webProcesses());
        });
    requests.begin(app.hosts(), log, processes);
    route.lead(
        app.hosts(),
        app.maintenance() ? List.of() : upstreams,
        new RouteOptions(
            app.options().has(AppFeature.SESSION_AFFINITY),
            app.options().has(AppFeature.FORCE_HTTPS)));
  }
}
