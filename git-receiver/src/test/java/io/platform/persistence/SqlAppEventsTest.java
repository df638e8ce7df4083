package io.platform.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.App;
import io.platform.domain.AppEvent;
import io.platform.domain.AppEventExamples;
import io.platform.domain.AppId;
import io.platform.domain.FormationChange;
import io.platform.domain.ProcessSelector;
import io.platform.domain.RecordedEvent;
import io.platform.domain.Release;
import io.platform.domain.ReleaseCause;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.Restart;
import io.platform.domain.ScaleLimits;
import io.platform.domain.port.AppEvents;
import io.platform.domain.port.Signals;
import io.platform.domain.port.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class SqlAppEventsTest {
  private static final String ADA = "ada@example.com";
  private static final ReleaseVersion V1 = new ReleaseVersion(1);
  private static final ReleaseVersion V2 = new ReleaseVersion(2);
  private static final ReleaseVersion V3 = new ReleaseVersion(3);

  private final TestDatabase database;
  @TempDir Path directory;
  private Fixture fixture;
  private AppEvents events;

  SqlAppEventsTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void open() {
    fixture = new Fixture(database, directory);
    events = fixture.stores.events();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private List<AppEvent> since(App app, long after) {
    return events.since(app.id(), after, 1000).stream().map(RecordedEvent::event).toList();
  }

  @Test
  void readsEveryEventAsItWasRecorded() throws Exception {
    App app = fixture.app("examples");
    AppEventExamples.all().values().forEach(it -> events.record(app.id(), Optional.of(ADA), it));
    assertThat(since(app, 1)).isEqualTo(List.copyOf(AppEventExamples.all().values()));
  }

  @Test
  void recordsWhatUsersDoTogetherWithTheChange() throws Exception {
    App app = fixture.app("shop");
    Release v1 = fixture.deployLive(app);
    fixture.configure(app, "KEY", "secret");
    fixture.configure(app, "KEY", "secret");
    fixture.stores.releases().rolledOut(app.id(), V2, Fixture.failed("It failed."));
    FormationChange more =
        new FormationChange(
            new TreeMap<>(
                Map.of(
                    "web",
                    new FormationChange.Change(
                        Optional.of(new FormationChange.Quantity.By(1)), Optional.empty()))));
    fixture.stores.apps().scale(app.id(), more, ScaleLimits.defaults(), ADA);
    ProcessSelector web = new ProcessSelector.OfType("web");
    fixture.stores.apps().restart(app.id(), web, Restart.Manner.ROLLING, ADA);
    fixture.stores.apps().restart(app.id(), web, Restart.Manner.STOP, ADA);
    fixture.stores.releases().rollback(app.id(), Optional.of(V1), ADA);

    assertThat(since(app, 0))
        .containsExactly(
            new AppEvent.Created(),
            new AppEvent.Deployed(V1, v1.commit()),
            new AppEvent.Released(V1, new ReleaseCause.Deploy(v1.commit())),
            new AppEvent.ConfigChanged(new TreeSet<>(Set.of("KEY")), new TreeSet<>()),
            new AppEvent.ReleaseFailed(V2, new ReleaseFailureCause.StoredSentence("It failed.")),
            new AppEvent.Scaled(new TreeMap<>(Map.of("web", 2))),
            new AppEvent.Restarted(web),
            new AppEvent.Stopped(web),
            new AppEvent.RolledBack(V3, V1));
    assertThat(events.since(app.id(), 0, 5))
        .extracting(it -> it.by().orElse("platform"))
        .containsExactly(ADA, ADA, "platform", ADA, "platform");
  }

  @Test
  void keepsTheNewestAndListsThemFromBothEnds() throws Exception {
    App app = fixture.app("busy");
    for (int i = 0; i < 1005; i++) {
      events.record(app.id(), Optional.empty(), new AppEvent.MaintenanceOn());
    }
    assertThat(events.since(app.id(), 0, 2000))
        .extracting(RecordedEvent::id)
        .containsExactlyElementsOf(LongStream.rangeClosed(7, 1006).boxed().toList());
    assertThat(events.list(app.id(), Optional.empty(), 2))
        .extracting(RecordedEvent::id)
        .containsExactly(1006L, 1005L);
    assertThat(events.list(app.id(), Optional.of(1005L), 2))
        .extracting(RecordedEvent::id)
        .containsExactly(1004L, 1003L);
    assertThat(events.since(app.id(), 1004, 10))
        .extracting(RecordedEvent::id)
        .containsExactly(1005L, 1006L);
  }

  @Test
  void wakesThoseWhoFollowAndForgetsAnAppThatIsGone() throws Exception {
    App app = fixture.app("followed");
    Signals.Ticket ticket = fixture.signals.ticket(new Topic.AppChanged(app.id()));
    events.record(app.id(), Optional.empty(), new AppEvent.MaintenanceOff());
    assertThat(ticket.await(Duration.ofSeconds(20))).isTrue();

    fixture.stores.apps().destroy(app.id());
    fixture.stores.apps().stopped(app.id());
    fixture.stores.apps().delete(app.id());
    assertThat(since(app, 0)).isEmpty();
    events.record(app.id(), Optional.empty(), new AppEvent.Created());
    events.record(new AppId("unknown"), Optional.empty(), new AppEvent.Created());
    assertThat(since(app, 0)).isEmpty();
  }
}
