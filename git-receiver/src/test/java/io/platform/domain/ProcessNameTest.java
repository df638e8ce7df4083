package io.platform.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProcessNameTest {
  @Test
  void readsWhatItWrites() {
    assertThat(ProcessName.numbered("web", 1)).hasToString("web.1");
    assertThat(ProcessName.parse("mail_worker.12")).contains(new ProcessName("mail_worker", "12"));
    assertThat(ProcessName.parse("web.x7k2p")).contains(new ProcessName("web", "x7k2p"));
    assertThat(Stream.of("web", "web.", ".1", "web.1.2", "we b.1", "").map(ProcessName::parse))
        .allMatch(Optional::isEmpty);
    assertThatThrownBy(() -> new ProcessName("web.1", "2"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hasANumberWhereThePlatformGaveItOne() {
    assertThat(ProcessName.numbered("web", 12).number()).contains(12);
    assertThat(new ProcessName("web", "x7k2p").number()).isEmpty();
    assertThat(new ProcessName("web", "0").number()).isEmpty();
    assertThat(new ProcessName("web", "99999999999").number()).isEmpty();
  }

  @Test
  void webComesFirstAndNumbersCount() {
    assertThat(
            Stream.of("worker.2", "clock.1", "web.10", "web.2", "worker.1", "web.ab")
                .map(name -> ProcessName.parse(name).orElseThrow())
                .sorted()
                .map(ProcessName::toString))
        .containsExactly("web.2", "web.10", "web.ab", "clock.1", "worker.1", "worker.2");
  }
}
