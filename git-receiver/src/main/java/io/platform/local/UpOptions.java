package io.platform.local;

import io.platform.commons.settings.ListenAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The options of {@code platform up}.
 *
 * @param data the directory that everything is kept in
 * @param listen the address that it binds
 * @param port where it listens
 * @param tlsPort where it listens with HTTPS; empty for nowhere
 * @param url the base URL that users see; empty where it is that of the port
 * @param objectStore where objects are kept; empty where that is the data directory
 */
record UpOptions(
    Path data,
    ListenAddress listen,
    int port,
    Optional<Integer> tlsPort,
    Optional<URI> url,
    Optional<URI> objectStore) {}
