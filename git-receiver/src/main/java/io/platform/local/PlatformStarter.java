package io.platform.local;

import io.platform.bootstrap.StartupException;
import io.platform.commons.http.ListeningPort;
import java.io.IOException;

/** Starts the platform that {@code platform up} runs. */
@FunctionalInterface
interface PlatformStarter {
  /** Starts everything; it serves on the port when this returns. */
  LocalPlatform start(LocalConfig config, ListeningPort port, AdminPassword adminPassword)
      throws IOException, StartupException;
}
