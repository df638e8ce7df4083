package io.platform.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.build.LeaseConfig;
import io.platform.domain.App;
import io.platform.domain.Build;
import io.platform.domain.BuildStatus;
import io.platform.slug.SteadyClock;
import io.platform.storage.ObjectStore;
import io.platform.testing.PostgresServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two receivers on one database, one directory of repositories and one object store. */
class TwoReceiversIT {
  private static final Duration ALMOST =
      LeaseConfig.defaults().duration().minus(Duration.ofSeconds(1));

  @TempDir Path temp;
  private String database = "";
  private final ManualClock clock = new ManualClock();

  @BeforeEach
  void makeADatabase() {
    database = PostgresServer.newDatabase();
  }

  private TestReceiver receiver(UnaryOperator<ObjectStore> store) throws IOException {
    return TestReceiver.sharing(
        temp, new TestReceiver.Setup(HeldReceiver.database(database), store, SteadyClock.system()));
  }

  /** One that measures others' leases by the clock of the test. */
  private TestReceiver watcher() throws IOException {
    return TestReceiver.sharing(
        temp,
        new TestReceiver.Setup(HeldReceiver.database(database), UnaryOperator.identity(), clock));
  }

  @Test
  void aReceiverThatStartsLeavesThePushesOfAnotherAlone() throws Exception {
    HeldStore held = new HeldStore();
    try (TestReceiver first = receiver(held::around);
        TestReceiver second = watcher()) {
      App app = first.app("shop");
      Git git = Git.repository(temp, "work").remote(first.url(app));
      Process push = git.start("push", "platform", "main");
      held.awaitReached();
      Build received = second.latest(app);
      assertThat(received.status()).isEqualTo(BuildStatus.RECEIVING);

      second.real.start();
      awaitLook();
      for (int i = 0; i < 3; i++) {
        clock.advance(ALMOST);
        awaitLook();
        first.leases.renew();
        awaitLook();
      }
      assertThat(second.latest(app)).isEqualTo(second.stores.builds().find(received.id()).get());
      assertThat(second.latest(app).status()).isEqualTo(BuildStatus.RECEIVING);
      assertThat(second.quarantined(app)).isNotEmpty();

      Git other = Git.repository(temp, "other").remote(second.url(app));
      Process refused = other.start("push", "platform", "main");
      BufferedReader shown = refused.inputReader(StandardCharsets.UTF_8);
      await(shown, "Waiting for another push to end, which may have been interrupted");
      first.leases.renew();
      await(shown, "Another push to this app is being received");
      assertThat(refused.waitFor()).isNotZero();

      held.release();
      String said = new String(push.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(push.waitFor()).as(said).isZero();
      assertThat(said).contains("Released, running at");
      assertThat(second.latest(app).outcome()).contains(Build.Outcome.ofDeployed());
      assertThat(second.bare(app).revision("main")).isEqualTo(git.head());
    }
  }

  @Test
  void thePushOfAKilledReceiverIsEndedOnceItsLeaseHasRunOut() throws Exception {
    try (TestReceiver second = watcher();
        HeldReceiver first = HeldReceiver.start(temp, database)) {
      App app = second.app("shop");
      Git git = Git.repository(temp, "work").remote(first.url("shop"));
      Process push = git.start("push", "platform", "main");
      first.awaitHeld();
      first.kill();
      assertThat(push.waitFor()).isNotZero();

      second.real.start();
      awaitLook();
      clock.advance(ALMOST);
      awaitLook();
      Build received = second.latest(app);
      assertThat(received.status()).isEqualTo(BuildStatus.RECEIVING);
      git.run("remote", "set-url", "platform", second.url(app));
      Process next = git.start("push", "platform", "main");
      BufferedReader said = next.inputReader(StandardCharsets.UTF_8);
      await(said, "Waiting for another push to end, which may have been interrupted: up to 1 min");
      assertThat(second.latest(app)).isEqualTo(received);

      clock.advance(Duration.ofSeconds(1));
      assertThat(second.awaitEnd(received.id())).contains("push again");
      Build ended = second.stores.builds().find(received.id()).orElseThrow();
      assertThat(ended.status()).isEqualTo(BuildStatus.FAILED);
      assertThat(second.objects.list(second.keys.build(app, ended.id()))).isEmpty();
      await(said, "Released, running at");
      assertThat(next.waitFor()).isZero();
      Awaitility.await().until(() -> second.quarantined(app).isEmpty());
      assertThat(second.bare(app).revision("main")).isEqualTo(git.head());
    }
  }

  /** Reads up to a line that contains the text. */
  private static void await(BufferedReader output, String text) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      seen.append(line).append('\n');
      if (line.contains(text)) {
        return;
      }
    }
    throw new AssertionError("git never showed '%s', but:%n%s".formatted(text, seen));
  }

  /** Waits until the second receiver has looked at all leases with the clock as it is now. */
  private void awaitLook() throws InterruptedException {
    clock.awaitReads(2);
  }
}
