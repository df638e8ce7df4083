package io.platform.bootstrap.pod;

import io.platform.commons.settings.SettingsReader;
import io.platform.kubernetes.desired.PlatformPorts;

/**
 * The ports of receiver and deployer, which share one pod and its address. Both programs read all
 * of them: each wakes the other, and each opens the namespaces' network policies for both.
 *
 * @param receiver where the receiver serves
 * @param deployer where the deployer serves
 * @param receiverSignals where the receiver is woken, on the pod's own loopback
 * @param deployerSignals where the deployer is
 */
public record PodPorts(int receiver, int deployer, int receiverSignals, int deployerSignals) {
  private static final int RECEIVER_SIGNALS = 8082;
  private static final int DEPLOYER_SIGNALS = 8083;
  private static final int LAST = 65535;

  /** Reads the settings. */
  public static PodPorts read(SettingsReader settings) {
    if (settings.text("PLATFORM_PORT").isPresent()) {
      settings.wrong(
          "PLATFORM_PORT",
          "replaced by PLATFORM_RECEIVER_PORT and PLATFORM_DEPLOYER_PORT, which both programs read");
    }
    PlatformPorts defaults = PlatformPorts.defaults();
    return new PodPorts(
        settings.number("PLATFORM_RECEIVER_PORT", defaults.receiver(), 1, LAST),
        settings.number("PLATFORM_DEPLOYER_PORT", defaults.deployer(), 1, LAST),
        settings.number("PLATFORM_RECEIVER_SIGNAL_PORT", RECEIVER_SIGNALS, 1, LAST),
        settings.number("PLATFORM_DEPLOYER_SIGNAL_PORT", DEPLOYER_SIGNALS, 1, LAST));
  }

  /** What builds and apps reach. */
  PlatformPorts served() {
    return new PlatformPorts(receiver, deployer);
  }
}
