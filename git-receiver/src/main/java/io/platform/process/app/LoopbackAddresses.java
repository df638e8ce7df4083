package io.platform.process.app;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The loopback addresses, without a look-up. */
final class LoopbackAddresses {
  static final InetAddress IPV4 = of(127, 0, 0, 1);
  static final InetAddress IPV6 = of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

  private LoopbackAddresses() {}

  private static InetAddress of(int... bytes) {
    byte[] address = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      address[i] = (byte) bytes[i];
    }
    try {
      return InetAddress.getByAddress("localhost", address);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
