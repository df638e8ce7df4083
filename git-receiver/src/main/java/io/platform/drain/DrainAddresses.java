package io.platform.drain;

import io.platform.domain.PublicAddressRule;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/**
 * The rule for the addresses that drains may reach: public ones that are not this machine's, unless
 * all may be.
 */
final class DrainAddresses {
  private final boolean all;

  /**
   * A rule.
   *
   * @param all whether every address may be reached
   */
  DrainAddresses(boolean all) {
    this.all = all;
  }

  /** Refuses an address that may not be reached. */
  void check(InetAddress address) throws BlockedAddress, SocketException {
    if (!all
        && (!PublicAddressRule.isPublic(address)
            || NetworkInterface.getByInetAddress(address) != null)) {
      throw new BlockedAddress(address);
    }
  }
}
