package io.platform.commons.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExitStatusTest {
  @ParameterizedTest
  @CsvSource({
    "0,exited with code 0",
    "1,exited with code 1",
    "128,exited with code 128",
    "137,was killed by SIGKILL",
    "143,was killed by SIGTERM",
    "192,was killed by signal 64",
    "193,exited with code 193",
    "255,exited with code 255"
  })
  void tellsCodesFromSignals(int status, String clause) {
    assertThat(ExitStatus.describe(status)).isEqualTo(clause);
  }
}
