package io.platform.receiver;

import io.platform.app.App;
import io.platform.app.Apps;
import io.platform.app.Release;
import io.platform.app.Releases;
import io.platform.app.Version;
import io.platform.cluster.desired.Installation;
import io.platform.proxy.Standing;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Where apps are reached in the cluster: at their Services, whose addresses stay while they live.
 * What was found is kept for a moment: who reads that a release runs shall not see the one before.
 */
final class AppServices {
  private static final int HTTP = 80;
  private static final long KEPT = Duration.ofMillis(200).toNanos();
  private static final int MOST = 10_000;

  private final Apps apps;
  private final Releases releases;
  private final Installation installation;
  private final ConcurrentMap<String, Found> known = new ConcurrentHashMap<>();

  private record Found(Standing standing, long at) {
    boolean isFresh() {
      return System.nanoTime() - at < KEPT;
    }
  }

  AppServices(Apps apps, Releases releases, Installation installation) {
    this.apps = apps;
    this.releases = releases;
    this.installation = installation;
  }

  /** The Service of the app that a host belongs to; empty where nothing of it ever ran. */
  Optional<Standing> find(String host) {
    Found earlier = known.get(host);
    if (earlier != null && earlier.isFresh()) {
      return Optional.of(earlier.standing());
    }
    Optional<Standing> standing =
        apps.findByHost(host)
            .filter(app -> releases.live(app).filter(Release::hasWeb).isPresent())
            .flatMap(this::resolve);
    if (known.size() >= MOST) {
      known.values().removeIf(found -> !found.isFresh());
    }
    standing.ifPresentOrElse(
        found -> known.put(host, new Found(found, System.nanoTime())), () -> known.remove(host));
    return standing;
  }

  private Optional<Standing> resolve(App app) {
    InetSocketAddress address = new InetSocketAddress(installation.serviceOf(app), HTTP);
    String release = app.id() + "/" + app.live().map(Version::toString).orElse("");
    return address.isUnresolved() ? Optional.empty() : Optional.of(new Standing(address, release));
  }
}
