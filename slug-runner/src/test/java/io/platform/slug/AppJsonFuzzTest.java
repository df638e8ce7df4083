package io.platform.slug;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever the file has: it is refused with a sentence, or can be written and read again. */
class AppJsonFuzzTest {
  @FuzzTest(maxDuration = "1m", maxExecutions = 400_000)
  void read(byte[] file) throws Exception {
    AppJsonFile read;
    try {
      read = AppJsonReader.read(file, AppJsonLimits.defaults());
    } catch (BadFormatException e) {
      assertThat(e.getMessage()).isNotBlank();
      return;
    }

    assertThat(AppJson.from(JsonObject.parse(read.used().toJson().toBytes())))
        .isEqualTo(read.used());
    assertThat(read.notes()).allMatch(note -> !note.isBlank());
  }
}
