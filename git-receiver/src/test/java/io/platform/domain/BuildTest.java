package io.platform.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BuildTest {
  private static final Instant CREATED = Instant.parse("2026-01-03T12:00:00Z");

  @Test
  void mayTakeTheTimeToItsDeadline() {
    assertThat(build(CREATED.plusSeconds(1800)).allowedTime()).contains(Duration.ofMinutes(30));
  }

  @Test
  void hasNoSuchTimeWhereTheClockWasSetBackBeforeItWasAccepted() {
    assertThat(build(CREATED.minusSeconds(1800)).allowedTime()).isEmpty();
  }

  private static Build build(Instant deadline) {
    return new Build(
        new BuildId("1m8f1x2n35jy9"),
        new AppId("a1"),
        new Origin.Push("refs/heads/main", "0".repeat(40), "1".repeat(40), "ada@example.com"),
        new Lease(new InstanceId("receiver-1"), 0),
        BuildStatus.ACCEPTED,
        Optional.empty(),
        Optional.of(deadline),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        CREATED,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
