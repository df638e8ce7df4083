package io.platform.receiver;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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

/**
 * Finds the addresses of apps in the cluster: their Services, whose addresses stay while they live.
 * What was found is kept for a moment: who reads that a release runs shall not see the one before.
 */
final class AppServiceAddresses {
  private static final int HTTP = 80;
  private final Apps apps;
  private final Releases releases;
  private final InstallationId installation;
  private final Cache<String, Upstream> known =
      Caffeine.newBuilder().expireAfterWrite(Duration.ofMillis(200)).maximumSize(10_000).build();

  AppServiceAddresses(Apps apps, Releases releases, InstallationId installation) {
    this.apps = apps;
    this.releases = releases;
    this.installation = installation;
  }

  /** The Service of the app that a host belongs to; empty where nothing of it ever ran. */
  Optional<Upstream> find(String host) {
    Upstream earlier = known.getIfPresent(host);
    if (earlier != null) {
      return Optional.of(earlier);
    }
    Optional<Upstream> upstream =
        apps.findByHost(host)
            .filter(app -> !app.maintenance())
            .filter(app -> releases.live(app).filter(Release::hasWeb).isPresent())
            .flatMap(this::resolve);
    upstream.ifPresent(found -> known.put(host, found));
    return upstream;
  }

  private Optional<Upstream> resolve(App app) {
    InetSocketAddress address = new InetSocketAddress(installation.serviceOf(app), HTTP);
    String release = app.id() + "/" + app.live().map(ReleaseVersion::toString).orElse("");
    return address.isUnresolved() ? Optional.empty() : Optional.of(new Upstream(address, release));
  }
}
