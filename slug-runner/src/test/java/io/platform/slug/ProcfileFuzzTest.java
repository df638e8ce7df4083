package io.platform.slug;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Whatever the file has: it is refused with a sentence, or nothing but names and commands comes of
 * it.
 */
class ProcfileFuzzTest {
  @FuzzTest(maxDuration = "1m", maxExecutions = 400_000)
  void parse(byte[] file) {
    Procfile procfile;
    try {
      procfile = Procfile.parse(file, ProcfileLimits.defaults());
    } catch (BadFormatException e) {
      assertThat(e.getMessage()).isNotBlank();
      return;
    }

    procfile
        .processTypes()
        .commands()
        .forEach((name, command) -> {
          assertThat(name).matches("[A-Za-z0-9_-]+");
          assertThat(command).isNotBlank().doesNotContain("\n", "\r");
        });
    assertThat(procfile.warnings()).allMatch(warning -> !warning.isBlank());
  }
}
