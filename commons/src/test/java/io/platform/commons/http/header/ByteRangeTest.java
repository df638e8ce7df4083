package io.platform.commons.http.header;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=2-4, bytes 2-4/10",
    "bytes=8-, bytes 8-9/10",
    "bytes=8-99, bytes 8-9/10",
    "bytes=-3, bytes 7-9/10",
    "bytes=-99, bytes 0-9/10",
    "bytes = 0 - 0, bytes 0-0/10",
  })
  void readsOneRange(String field, String contentRange) {
    ByteRange range = ByteRange.parse(field, 10).orElseThrow();

    assertThat(range.isSatisfiable()).isTrue();
    assertThat(range.contentRange(10)).isEqualTo(contentRange);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=-0"})
  void aRangeWithoutAByteIsNotSatisfiable(String field) {
    ByteRange range = ByteRange.parse(field, 10).orElseThrow();

    assertThat(range.isSatisfiable()).isFalse();
    assertThat(range.contentRange(10)).isEqualTo("bytes */10");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=5-2", "bytes=-", "bytes=0-1,3-4", "lines=0-1", "bytes=a-b", ""})
  void ignoresWhatIsNotOneRangeOfBytes(String field) {
    assertThat(ByteRange.parse(field, 10)).isEmpty();
  }

  @Test
  void theWholeHasAllBytes() {
    assertThat(ByteRange.whole(10)).isEqualTo(new ByteRange(0, 9));
    assertThat(ByteRange.whole(0).length()).isZero();
  }
}
