package io.platform.git.push;

import java.io.IOException;

/** The git client of a push, which may have disconnected. */
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
