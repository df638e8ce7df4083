package io.platform.metrics;

import static io.platform.domain.BuildStatus.ACCEPTED;
import static io.platform.domain.BuildStatus.RECEIVING;
import static io.platform.domain.BuildStatus.RUNNING;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.platform.domain.Build;
import io.platform.domain.port.Builds;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * Counts the builds that are not settled, by status. The rows are read once for all statuses of one
 * scrape.
 */
final class BuildQueue {
  private static final long FRESH = Duration.ofSeconds(1).toNanos();

  private final Builds builds;
  private List<Build> read = List.of();
  private long readAt = System.nanoTime() - FRESH;

  BuildQueue(Builds builds) {
    this.builds = builds;
  }

  void register(MeterRegistry registry) {
    register(registry, "receiving", build -> build.status() == RECEIVING);
    register(registry, "accepted", build -> build.status() == ACCEPTED);
    register(registry, "running", build -> build.status() == RUNNING);
    register(registry, "ended", build -> build.status().ended());
  }

  private void register(MeterRegistry registry, String status, Predicate<Build> counted) {
    Gauge.builder(MeterNames.UNSETTLED_BUILDS, () -> unsettled().stream().filter(counted).count())
        .description("Builds that are not settled, by status")
        .tag("status", status)
        .strongReference(true)
        .register(registry);
  }

  private synchronized List<Build> unsettled() {
    if (System.nanoTime() - readAt >= FRESH) {
      read = builds.unsettled();
      readAt = System.nanoTime();
    }
    return read;
  }
}
