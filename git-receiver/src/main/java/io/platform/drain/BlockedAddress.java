package io.platform.drain;

import java.io.IOException;
import java.net.InetAddress;

/** A drain's host has an address that drains may not reach. */
final class BlockedAddress extends IOException {
  private static final long serialVersionUID = 1L;

  BlockedAddress(InetAddress address) {
    super(
        "%s is not a public address; drains may not reach it on this server"
            .formatted(address.getHostAddress()));
  }
}
