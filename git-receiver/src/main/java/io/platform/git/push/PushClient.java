package io.platform.git.push;

import java.io.IOException;

/** The other end of a push: somebody who reads, or has left. */
public interface PushClient {
  /**
   * Sends text at once.
   *
   * @throws IOException where the client has left
   */
  void send(byte[] text) throws IOException;

  /**
   * Looks whether the client is still there.
   *
   * @throws IOException where it has left
   */
  void check() throws IOException;
}
