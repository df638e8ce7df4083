package io.platform.bootstrap;

import io.platform.commons.database.DatabaseConfig;
import java.net.URI;

/**
 * Where the installation keeps what it stands on.
 *
 * @param objectStore as {@link io.platform.bootstrap.ObjectStores} takes it
 */
public record PlatformServicesConfig(
    DatabaseConfig database, URI objectStore, PlatformAddresses addresses) {}
