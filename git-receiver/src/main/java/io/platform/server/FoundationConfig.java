package io.platform.server;

import io.platform.app.sql.DatabaseConfig;
import java.net.URI;

/**
 * Where the installation keeps what it stands on.
 *
 * @param objectStore as {@link io.platform.storage.ObjectStores} takes it
 */
public record FoundationConfig(DatabaseConfig database, URI objectStore, Addresses addresses) {}
