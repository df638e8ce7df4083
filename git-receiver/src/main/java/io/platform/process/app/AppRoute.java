package io.platform.process.app;

import io.platform.domain.port.RouteOptions;
import io.platform.domain.port.Traffic;
import io.platform.domain.port.Upstream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The route of one app; passes only changes on to the proxy. */
final class AppRoute {
  private final Traffic traffic;
  private Set<String> hosts = Set.of();
  private List<Upstream> upstreams = List.of();
  private RouteOptions options = RouteOptions.NONE;

  /** Leads nowhere. */
  AppRoute(Traffic traffic) {
    this.traffic = traffic;
  }

  /** Leads the requests for these host names to these processes alone, or, without any, nowhere. */
  synchronized void lead(Set<String> wanted, List<Upstream> to, RouteOptions options) {
    if (to.isEmpty()) {
      withdraw();
      return;
    }
    if (wanted.equals(hosts) && to.equals(upstreams) && options.equals(this.options)) {
      return;
    }
    traffic.route(wanted, to, options);
    Set<String> former = new HashSet<>(hosts);
    former.removeAll(wanted);
    if (!former.isEmpty()) {
      traffic.withdraw(former);
    }
    hosts = Set.copyOf(wanted);
    upstreams = List.copyOf(to);
    this.options = options;
  }

  synchronized void withdraw() {
    if (!hosts.isEmpty()) {
      traffic.withdraw(hosts);
    }
    hosts = Set.of();
    upstreams = List.of();
  }

  /** Waits, at most so long, until no request is in flight there: whether that is so. */
  boolean drain(Upstream upstream, Duration limit) {
    try {
      traffic.drained(upstream).toCompletableFuture().get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException | ExecutionException notDrained) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
