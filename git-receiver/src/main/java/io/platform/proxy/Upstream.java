package io.platform.proxy;

import java.net.InetSocketAddress;

/**
 * Where an app is reached whatever runs of it, as through a Kubernetes Service.
 *
 * @param release what runs there now. Open connections are used for one release alone: behind the
 *     same address they lead to what ran when they were opened
 */
public record Upstream(InetSocketAddress address, String release) {}
