package io.platform.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CrashRuleTest {
  private static final CrashLimits LIMITS = new CrashLimits(3, Duration.ofMinutes(15));
  private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

  private static ProcessCrash crash(ExitDetail detail) {
    return new ProcessCrash(
        new AppId("app"),
        new ReleaseVersion(1),
        ProcessName.numbered("web", 1),
        new ReleaseFailureCause.StartsAgain(1, detail));
  }

  private static List<AppEventKind> events(ProcessCrash crash, int... minutes) {
    List<AppEventKind> kinds = new ArrayList<>();
    Optional<CrashRule.Series> series = Optional.empty();
    for (int minute : minutes) {
      series = Optional.of(CrashRule.next(series, NOON.plus(Duration.ofMinutes(minute)), LIMITS));
      CrashRule.event(crash, series.get(), LIMITS).map(AppEvent::kind).ifPresent(kinds::add);
    }
    return kinds;
  }

  @Test
  void tellsALoopOnce() {
    assertThat(events(crash(new ExitDetail.Unknown()), 0, 1, 2, 3, 8, 20, 30))
        .containsExactly(AppEventKind.CRASHED, AppEventKind.CRASHED, AppEventKind.CRASH_LOOPING);
  }

  @Test
  void beginsAnewAfterSomeCalm() {
    assertThat(events(crash(new ExitDetail.Unknown()), 0, 1, 2, 3, 19))
        .containsExactly(
            AppEventKind.CRASHED,
            AppEventKind.CRASHED,
            AppEventKind.CRASH_LOOPING,
            AppEventKind.CRASHED);
  }

  @Test
  void tellsWhereMemoryWasTheCause() {
    assertThat(events(crash(new ExitDetail.OutOfMemory("512Mi")), 0, 1, 2, 3))
        .containsExactly(
            AppEventKind.OUT_OF_MEMORY, AppEventKind.OUT_OF_MEMORY, AppEventKind.CRASH_LOOPING);
  }
}
