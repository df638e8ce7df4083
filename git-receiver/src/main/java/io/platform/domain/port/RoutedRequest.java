package io.platform.domain.port;

import java.time.Duration;
import java.util.Optional;

/**
 * A request that the proxy has answered.
 *
 * @param host in lower case, without port
 * @param upstream where it went; empty where nothing takes the requests for the host
 * @param id what the app got as {@code X-Request-Id}
 * @param target path and query, as they were sent
 * @param connect until it was sent to the app
 * @param service from then until the end of the answer
 * @param status of HTTP
 * @param bytes of the answer's body
 * @param error what the platform itself answered, and not the app
 */
public record RoutedRequest(
    String host,
    Optional<Upstream> upstream,
    String id,
    String method,
    String target,
    Duration connect,
    Duration service,
    int status,
    long bytes,
    Optional<String> error) {}
