package io.platform.process.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelLimitsTest {
  @ParameterizedTest
  @CsvSource({
    "5.14.0-427.el9.x86_64, true",
    "6.1.0-42-amd64, true",
    "5.13.19, false",
    "4.19.0, false",
    "unknown, false",
    "'', false"
  })
  void countsByUserNamespaceSinceLinux514(String version, boolean counts) {
    assertThat(KernelLimits.countsByUserNamespace(version)).isEqualTo(counts);
  }
}
