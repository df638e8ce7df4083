package io.platform.process.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartPausesTest {
  private final ProcessSettings.RestartPauses restarts = ProcessSettings.Apps.DEFAULTS.restarts();

  @Test
  void aProcessThatEndsAtOnceIsStartedAboutTenTimesInTenMinutes() {
    int starts = 1;
    Duration passed = Duration.ZERO;
    Duration wait = restarts.first();
    while (passed.plus(wait).compareTo(Duration.ofMinutes(10)) <= 0) {
      passed = passed.plus(wait);
      wait = restarts.after(wait);
      starts++;
    }
    assertThat(starts).isEqualTo(10);
  }

  @Test
  void noPauseIsLongerThanTheLongest() {
    assertThat(restarts.after(Duration.ofMinutes(4))).isEqualTo(Duration.ofMinutes(5));
    assertThat(restarts.after(Duration.ofMinutes(5))).isEqualTo(Duration.ofMinutes(5));
    assertThat(restarts.after(Duration.ofSeconds(2))).isEqualTo(Duration.ofSeconds(4));
  }
}
