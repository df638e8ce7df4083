package io.platform.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RestartsTest {
  private static final Instant NOON = Instant.parse("2026-11-27T12:00:00.123Z");
  private static final ProcessSelector ALL = new ProcessSelector.All();
  private static final ProcessSelector WEB = new ProcessSelector.OfType("web");
  private static final ProcessName WEB_1 = ProcessName.numbered("web", 1);
  private static final ProcessName WORKER_1 = ProcessName.numbered("worker", 1);

  private static ProcessSelector one(ProcessName name) {
    return new ProcessSelector.One(name);
  }

  private static Instant after(int minutes) {
    return NOON.plus(Duration.ofMinutes(minutes));
  }

  @Test
  void concernWhatStartedBefore() {
    Restarts restarts = Restarts.NONE.with(WEB, Restart.Manner.ROLLING, NOON);
    assertThat(restarts.due(WEB_1, NOON.minusMillis(1)))
        .contains(new Restart(WEB, Restart.Manner.ROLLING, NOON));
    assertThat(restarts.due(WEB_1, NOON)).isEmpty();
    assertThat(restarts.due(WORKER_1, NOON.minusMillis(1))).isEmpty();
    assertThat(Restarts.NONE.due(WEB_1, NOON)).isEmpty();
  }

  @Test
  void theNewestOneCounts() {
    Restarts restarts =
        Restarts.NONE
            .with(WEB, Restart.Manner.ROLLING, NOON)
            .with(one(WEB_1), Restart.Manner.STOP, after(1));
    assertThat(restarts.due(WEB_1, NOON.minusSeconds(1)).orElseThrow().manner())
        .isEqualTo(Restart.Manner.STOP);
    assertThat(restarts.due(WEB_1, after(1))).isEmpty();
    assertThat(restarts.with(ALL, Restart.Manner.ROLLING, after(2)).due(WEB_1, after(1)))
        .contains(new Restart(ALL, Restart.Manner.ROLLING, after(2)));
  }

  @Test
  void aLargerOneTakesThePlaceOfThoseThatItIncludes() {
    Restarts restarts =
        Restarts.NONE
            .with(one(WEB_1), Restart.Manner.STOP, NOON)
            .with(one(WORKER_1), Restart.Manner.STOP, NOON)
            .with(WEB, Restart.Manner.ROLLING, after(1));
    assertThat(restarts.requests()).hasSize(2);
    assertThat(restarts.with(WEB, Restart.Manner.ROLLING, after(2)).requests()).hasSize(2);
    assertThat(restarts.with(ALL, Restart.Manner.ROLLING, after(2)).requests()).hasSize(1);
  }

  @Test
  void whenATypeWasLastReplacedOneByOneOutlivesWhatWasStoppedSince() {
    Restarts restarts =
        Restarts.NONE
            .with(WEB, Restart.Manner.ROLLING, NOON)
            .with(WEB, Restart.Manner.STOP, after(1))
            .with(ALL, Restart.Manner.STOP, after(2));
    assertThat(restarts.rolling("web")).contains(NOON);
    assertThat(restarts.rolling("worker")).isEmpty();
    assertThat(restarts.with(ALL, Restart.Manner.ROLLING, after(3)).rolling("worker"))
        .contains(after(3));
    assertThat(restarts.with(one(WEB_1), Restart.Manner.ROLLING, after(3)).rolling("web"))
        .contains(NOON);
  }

  @Test
  void thoseOfSingleProcessesAreForgottenAfterAnHour() {
    Restarts restarts =
        Restarts.NONE
            .with(WEB, Restart.Manner.STOP, NOON.minusSeconds(1))
            .with(one(WEB_1), Restart.Manner.STOP, NOON);
    assertThat(restarts.with(one(WORKER_1), Restart.Manner.STOP, after(60)).requests()).hasSize(3);
    assertThat(restarts.with(one(WORKER_1), Restart.Manner.STOP, after(61)).requests())
        .extracting(restart -> restart.selector().toString())
        .containsExactly("web", "worker.1");
  }
}
