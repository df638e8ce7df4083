package io.platform.metrics;

import io.platform.commons.metrics.MetricsAddress;
import io.platform.commons.settings.SettingsReader;
import java.io.IOException;
import java.util.Optional;

/** Turns metrics on where {@code PLATFORM_METRICS_LISTEN} says where they are served. */
public final class MetricsSetting {
  private MetricsSetting() {}

  /** Reads where metrics are served; empty where they are not. */
  public static Optional<MetricsAddress> address(SettingsReader settings) {
    return MetricsAddress.read(settings, "PLATFORM_METRICS_LISTEN");
  }

  /**
   * Serves {@code /metrics} at the address, where there is one.
   *
   * @throws IOException with a sentence for the operator, where the address cannot be bound
   */
  public static PlatformMetrics open(Optional<MetricsAddress> address) throws IOException {
    return address.isPresent() ? PrometheusMetrics.open(address.get()) : PlatformMetrics.OFF;
  }
}
