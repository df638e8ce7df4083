package io.platform.process.app;

import io.platform.process.sandbox.AttachedChild;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/** What health checks need of a process. */
interface CheckedProcess {
  /**
   * Where it listens.
   *
   * @param port empty for its PORT
   */
  Optional<InetSocketAddress> listensOn(Optional<Integer> port);

  /** Starts a shell command beside it, in its sandbox. */
  AttachedChild start(String command) throws IOException;
}
