package io.platform.server;

import io.platform.access.JwtWorkTokens;
import io.platform.access.WorkTokens;
import io.platform.app.ObjectKeys;
import io.platform.app.ReportCheck;
import io.platform.app.Sha256;
import io.platform.app.Signals;
import io.platform.app.StoredObject;
import io.platform.app.Stores;
import io.platform.app.sql.SqlStores;
import io.platform.storage.DirectObjects;
import io.platform.storage.DirectUrls;
import io.platform.storage.ObjectStore;
import io.platform.storage.ObjectStores;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/**
 * What an installation stands on, open: its rows, its objects, and the key of builders' and
 * runners' tokens. Every program of the installation opens the same.
 *
 * @param direct serves the URLs of a store that has no web server of its own
 */
public record Foundation(
    Stores stores,
    ObjectStore objects,
    Optional<DirectObjects> direct,
    ObjectKeys keys,
    WorkTokens tokens) {

  /**
   * Opens it, and makes what is not there.
   *
   * @param signals raised after each commit
   * @param parts closes it
   */
  public static Foundation open(FoundationConfig config, Signals signals, Closing parts)
      throws StartFailed {
    Addresses addresses = config.addresses();
    SqlStores sql = parts.add(SqlStores.open(config.database(), signals, addresses.domain()));
    DirectUrls urls =
        new DirectUrls(
            addresses.platformUrl(),
            sql.settings().keep("object_url_secret", DirectUrls::newSecret),
            Clock.systemUTC());
    ObjectStores.Opened opened = objects(config.objectStore(), urls);
    return new Foundation(
        new Stores(sql.apps(), sql.builds(), sql.releases(), sql.buildLog(), signals),
        parts.add(opened.store()),
        opened.direct(),
        new ObjectKeys(sql.clusterId()),
        JwtWorkTokens.open(sql.settings(), Clock.systemUTC()));
  }

  private static ObjectStores.Opened objects(URI location, DirectUrls urls) throws StartFailed {
    try {
      return ObjectStores.open(location, urls);
    } catch (IOException | IllegalArgumentException e) {
      throw new StartFailed(String.valueOf(e.getMessage()), e);
    }
  }

  /** The same with other stores. */
  public Foundation with(Stores otherStores, ObjectStore otherObjects) {
    return new Foundation(otherStores, otherObjects, direct, keys, tokens);
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
