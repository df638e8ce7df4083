package io.platform.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.platform.domain.AppId;
import io.platform.domain.port.Signals;
import io.platform.domain.port.Topic;
import java.lang.ref.WeakReference;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LocalSignalsTest {
  private final LocalSignals signals = new LocalSignals();

  /** As those of builds that have ended, and of apps that are destroyed. */
  @Test
  void forgetsTopicsOfWhichNobodyHasATicket() throws Exception {
    WeakReference<Topic> forgotten = waitInVain();
    int[] others = new int[1];
    await()
        .until(() -> {
          System.gc();
          signals.ticket(topic("other" + others[0]++)); // what is done on the way
          return forgotten.get() == null;
        });
  }

  private WeakReference<Topic> waitInVain() throws InterruptedException {
    Topic topic = topic("nobody raises this");
    assertThat(signals.ticket(topic).await(Duration.ofMillis(1))).isFalse();
    return new WeakReference<>(topic);
  }

  @Test
  void keepsATicketThatIsHeld() throws Exception {
    Signals.Ticket ticket = signals.ticket(topic("app"));
    System.gc();
    signals.ticket(topic("other"));
    signals.raise(topic("app"));
    assertThat(ticket.await(Duration.ZERO)).isTrue();
    Signals.Ticket next = signals.ticket(topic("app"));
    signals.raise(new Topic.Anything());
    assertThat(next.await(Duration.ZERO)).isTrue();
  }

  private static Topic topic(String id) {
    return new Topic.AppChanged(new AppId(id));
  }
}
