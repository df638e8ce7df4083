package io.platform.bootstrap.pod;

import io.platform.bootstrap.ResourceStack;
import io.platform.domain.port.Signals;
import io.platform.persistence.DatabaseConfig;
import io.platform.signal.LocalSignals;
import io.platform.signal.PeerSignals;

/** How the two containers of the receiver's pod wake each other. */
public final class PodSignals {
  /** Ports on the pod's own loopback. */
  private static final int RECEIVER = 8082;

  private static final int DEPLOYER = 8083;

  private PodSignals() {}

  /** The receiver's. */
  public static Signals ofReceiver(DatabaseConfig database, ResourceStack parts) {
    return open(database, RECEIVER, DEPLOYER, parts);
  }

  /** The deployer's. */
  public static Signals ofDeployer(DatabaseConfig database, ResourceStack parts) {
    return open(database, DEPLOYER, RECEIVER, parts);
  }

  private static Signals open(DatabaseConfig database, int own, int other, ResourceStack parts) {
    return database.carriesSignals() ? new LocalSignals() : parts.add(PeerSignals.open(own, other));
  }
}
