package io.platform.bootstrap.pod;

import io.platform.bootstrap.ResourceStack;
import io.platform.commons.database.DatabaseConfig;
import io.platform.domain.port.Signals;
import io.platform.signal.LocalSignals;
import io.platform.signal.PeerSignals;
import java.io.IOException;

/** Signals between the two containers of the receiver's pod. */
public final class PodSignals {
  private PodSignals() {}

  /** The receiver's. */
  public static Signals ofReceiver(PodConfig pod, ResourceStack parts) throws IOException {
    return open(
        pod.services().database(),
        pod.ports().receiverSignals(),
        pod.ports().deployerSignals(),
        parts);
  }

  /** The deployer's. */
  public static Signals ofDeployer(PodConfig pod, ResourceStack parts) throws IOException {
    return open(
        pod.services().database(),
        pod.ports().deployerSignals(),
        pod.ports().receiverSignals(),
        parts);
  }

  private static Signals open(DatabaseConfig database, int own, int other, ResourceStack parts)
      throws IOException {
    return database.carriesSignals()
        ? new LocalSignals()
        : parts.add("signals", PeerSignals.open(own, other));
  }
}
