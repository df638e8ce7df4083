package io.platform.signal;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.platform.domain.port.Subscription;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventDispatcherTest {
  @Test
  void passesOverAWatcherThatLeavesAtTheSameMoment() {
    EventDispatcher<String> dispatcher = new EventDispatcher<>("watch");
    assertThatCode(
            () -> {
              for (int i = 0; i < 1000; i++) {
                Subscription subscription = dispatcher.add(event -> {}, List.of());
                Thread leaving = Thread.ofVirtual().start(subscription::close);
                while (leaving.isAlive()) {
                  dispatcher.dispatch("event");
                }
              }
            })
        .doesNotThrowAnyException();
  }
}
