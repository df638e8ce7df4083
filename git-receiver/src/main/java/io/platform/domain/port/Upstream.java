package io.platform.domain.port;

import java.net.InetSocketAddress;

/**
 * A process of an app, or what stands for several, as a Kubernetes Service does.
 *
 * @param address resolved; accepts connections now
 * @param release tells what runs there from what ran there before: open connections are used for
 *     one release alone, since behind a Service they lead to what ran when they were opened
 */
public record Upstream(InetSocketAddress address, String release) {
  /** Refuses a name that was not resolved. */
  public Upstream {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException("address is not resolved: " + address);
    }
  }
}
