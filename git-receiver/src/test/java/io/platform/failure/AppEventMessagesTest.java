package io.platform.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.AppEventExamples;
import org.junit.jupiter.api.Test;

class AppEventMessagesTest {
  @Test
  void saysEachEventInOneLine() {
    AppEventExamples.all()
        .forEach((words, event) -> assertThat(AppEventMessages.of(event)).isEqualTo(words));
  }
}
