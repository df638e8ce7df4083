package io.platform.bootstrap;

import io.platform.commons.database.DatabaseConfig;
import io.platform.persistence.ConfigKeySource;
import java.net.URI;

/**
 * The database, object store and keys of an installation.
 *
 * @param configKeys the keys that encrypt config vars in the database
 * @param objectStore as {@link io.platform.bootstrap.ObjectStores} takes it
 */
public record PlatformServicesConfig(
    DatabaseConfig database,
    ConfigKeySource configKeys,
    URI objectStore,
    PlatformAddresses addresses) {}
