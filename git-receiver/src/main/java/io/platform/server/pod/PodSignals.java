package io.platform.server.pod;

import io.platform.app.LocalSignals;
import io.platform.app.Signals;
import io.platform.app.sql.DatabaseConfig;
import io.platform.server.Closing;
import io.platform.signal.PeerSignals;

/** How the two containers of the receiver's pod wake each other. */
public final class PodSignals {
  /** Ports on the pod's own loopback. */
  private static final int RECEIVER = 8082;

  private static final int DEPLOYER = 8083;

  private PodSignals() {}

  /** The receiver's. */
  public static Signals ofReceiver(DatabaseConfig database, Closing parts) {
    return open(database, RECEIVER, DEPLOYER, parts);
  }

  /** The deployer's. */
  public static Signals ofDeployer(DatabaseConfig database, Closing parts) {
    return open(database, DEPLOYER, RECEIVER, parts);
  }

  private static Signals open(DatabaseConfig database, int own, int other, Closing parts) {
    return database.carriesSignals() ? new LocalSignals() : parts.add(PeerSignals.open(own, other));
  }
}
