package io.platform.receiver;

import io.platform.domain.App;
import io.platform.domain.Release;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.port.Apps;
import io.platform.domain.port.Releases;
import io.platform.domain.port.Upstream;
import io.platform.kubernetes.desired.InstallationId;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Where apps are reached in the cluster: at their Services, whose addresses stay while they live.
 * What was found is kept for a moment: who reads that a release runs shall not see the one before.
 */
final class AppServiceAddresses {
  private static final int HTTP = 80;
  private static final long KEPT = Duration.ofMillis(200).toNanos();
  private static final int MOST = 10_000;

  private final Apps apps;
  private final Releases releases;
  private final InstallationId installation;
  private final ConcurrentMap<String, Found> known = new ConcurrentHashMap<>();

  private record Found(Upstream upstream, long at) {
    boolean isFresh() {
      return System.nanoTime() - at < KEPT;
    }
  }

  AppServiceAddresses(Apps apps, Releases releases, InstallationId installation) {
    this.apps = apps;
    this.releases = releases;
    this.installation = installation;
  }

  /** The Service of the app that a host belongs to; empty where nothing of it ever ran. */
  Optional<Upstream> find(String host) {
    Found earlier = known.get(host);
    if (earlier != null && earlier.isFresh()) {
      return Optional.of(earlier.upstream());
    }
    Optional<Upstream> standing =
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

  private Optional<Upstream> resolve(App app) {
    InetSocketAddress address = new InetSocketAddress(installation.serviceOf(app), HTTP);
    String release = app.id() + "/" + app.live().map(ReleaseVersion::toString).orElse("");
    return address.isUnresolved() ? Optional.empty() : Optional.of(new Upstream(address, release));
  }
}
