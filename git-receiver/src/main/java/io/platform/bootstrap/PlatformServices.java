package io.platform.bootstrap;

import io.platform.access.JwtWorkloadTokens;
import io.platform.access.WorkloadTokens;
import io.platform.build.BuildLifecycle;
import io.platform.build.ReportCheck;
import io.platform.domain.ObjectKeys;
import io.platform.domain.Sha256;
import io.platform.domain.StoredObject;
import io.platform.domain.port.AppLocks;
import io.platform.domain.port.Signals;
import io.platform.domain.port.Stores;
import io.platform.metrics.PlatformMetrics;
import io.platform.persistence.ConfigKeysUnusable;
import io.platform.persistence.SqlStores;
import io.platform.storage.ObjectStore;
import io.platform.storage.directory.SignedObjects;
import io.platform.storage.signed.SignedUrls;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/**
 * The open services of an installation: database, object store, and the key of builders' and
 * runners' tokens. Every program of the installation opens the same.
 *
 * @param direct serves the URLs of a store that has no web server of its own
 */
public record PlatformServices(
    Stores stores,
    AppLocks appLocks,
    ObjectStore objects,
    Optional<SignedObjects> direct,
    ObjectKeys keys,
    WorkloadTokens tokens,
    BuildLifecycle lifecycle) {

  /**
   * Opens it, and makes what is not there.
   *
   * @param signals raised after each commit
   * @param metrics measures it
   * @param parts closes it
   */
  public static PlatformServices open(
      PlatformServicesConfig config, Signals signals, PlatformMetrics metrics, ResourceStack parts)
      throws StartupException {
    PlatformAddresses addresses = config.addresses();
    SqlStores sql = parts.add("database", sql(config, signals, metrics));
    SignedUrls urls =
        new SignedUrls(
            addresses.platformUrl(),
            sql.settings().keep("object_url_secret", SignedUrls::newSecret),
            Clock.systemUTC());
    ObjectStores.Opened opened = objects(config.objectStore(), urls);
    Stores stores = metrics.stores(sql.stores());
    return new PlatformServices(
        stores,
        sql.appLocks(),
        parts.add("object store", opened.store()),
        opened.direct(),
        new ObjectKeys(sql.clusterId()),
        JwtWorkloadTokens.open(sql.settings(), Clock.systemUTC()),
        new BuildLifecycle(stores.builds()));
  }

  private static SqlStores sql(
      PlatformServicesConfig config, Signals signals, PlatformMetrics metrics)
      throws StartupException {
    try {
      return SqlStores.open(
          config.database(),
          signals,
          config.addresses().domain(),
          config.configKeys(),
          metrics.pools());
    } catch (ConfigKeysUnusable e) {
      throw new StartupException(String.valueOf(e.getMessage()), e);
    }
  }

  private static ObjectStores.Opened objects(URI location, SignedUrls urls)
      throws StartupException {
    try {
      return ObjectStores.open(location, urls);
    } catch (IOException | IllegalArgumentException e) {
      throw new StartupException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Checks what builders report against what is stored. */
  public ReportCheck reports() {
    return new ReportCheck(
        keys,
        key ->
            objects
                .verified(key)
                .map(info ->
                    new StoredObject(info.key(), info.size(), new Sha256(info.sha256Hex()))));
  }
}
