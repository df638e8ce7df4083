package io.platform.receiver;

import io.platform.app.App;
import io.platform.app.Apps;
import io.platform.cluster.desired.Installation;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Where apps are reached in the cluster: at their Services, whose addresses stay while they live.
 * What was found is kept for some seconds.
 */
final class AppServices {
  private static final int HTTP = 80;
  private static final long KEPT = Duration.ofSeconds(5).toNanos();
  private static final int MOST = 10_000;

  private final Apps apps;
  private final Installation installation;
  private final ConcurrentMap<String, Found> known = new ConcurrentHashMap<>();

  private record Found(InetSocketAddress address, long at) {
    boolean isFresh() {
      return System.nanoTime() - at < KEPT;
    }
  }

  AppServices(Apps apps, Installation installation) {
    this.apps = apps;
    this.installation = installation;
  }

  /** The Service of the app that a host belongs to; empty where nothing of it ever ran. */
  Optional<InetSocketAddress> find(String host) {
    Found earlier = known.get(host);
    if (earlier != null && earlier.isFresh()) {
      return Optional.of(earlier.address());
    }
    Optional<InetSocketAddress> address =
        apps.findByHost(host).filter(app -> app.live().isPresent()).flatMap(this::resolve);
    if (known.size() >= MOST) {
      known.values().removeIf(found -> !found.isFresh());
    }
    address.ifPresentOrElse(
        found -> known.put(host, new Found(found, System.nanoTime())), () -> known.remove(host));
    return address;
  }

  private Optional<InetSocketAddress> resolve(App app) {
    InetSocketAddress address = new InetSocketAddress(installation.serviceOf(app), HTTP);
    return address.isUnresolved() ? Optional.empty() : Optional.of(address);
  }
}
