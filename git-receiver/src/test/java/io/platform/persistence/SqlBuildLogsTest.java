package io.platform.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platform.buildlog.FollowerClient;
import io.platform.buildlog.LogFollower;
import io.platform.commons.shutdown.LongRequests;
import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.BuildFailureCause;
import io.platform.domain.BuildId;
import io.platform.domain.DeployFailureCause;
import io.platform.domain.port.BuildLogs;
import io.platform.domain.port.BuildLogs.Chunk;
import io.platform.domain.port.BuildLogs.LogArchived;
import io.platform.domain.port.BuildLogs.LogClosed;
import io.platform.domain.port.BuildLogs.WrongOffset;
import io.platform.domain.port.LogSink;
import io.platform.domain.port.Topic;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class SqlBuildLogsTest {
  private final TestDatabase database;
  @TempDir Path directory;
  private Fixture fixture;
  private BuildLogs log;
  private BuildId build;

  SqlBuildLogsTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void open() throws Exception {
    fixture = new Fixture(database, directory);
    log = fixture.stores.buildLog();
    build = fixture.open(fixture.app("shop")).id();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private String all() throws LogArchived {
    return new String(log.read(build, 0, Integer.MAX_VALUE).text(), UTF_8);
  }

  private void settle() {
    fixture.stores.builds().end(build, new BuildEnd.Canceled("ada@example.com"));
    fixture
        .stores
        .builds()
        .settle(build, Build.Outcome.rejected(new DeployFailureCause.StoredSentence("canceled")));
  }

  @Test
  void keepsAnOffsetForEachWriter() throws Exception {
    assertThat(log.appendAt(build, "builder-1", 0, "one\n".getBytes(UTF_8))).isEqualTo(4);
    assertThat(log.appendAt(build, "builder-2", 0, "eins\n".getBytes(UTF_8))).isEqualTo(5);
    assertThat(log.appendAt(build, "builder-1", 4, "zwei ü\n".getBytes(UTF_8))).isEqualTo(12);
    assertThat(log.appendAt(build, "builder-1", 12, new byte[0])).isEqualTo(12);
    assertThat(all()).isEqualTo("one\neins\nzwei ü\n");
  }

  @Test
  void tellsAWriterItsRightOffset() throws Exception {
    log.appendAt(build, "builder", 0, "one\n".getBytes(UTF_8));
    for (long wrong : List.of(0L, 3L, 5L)) {
      assertThatThrownBy(() -> log.appendAt(build, "builder", wrong, "one\n".getBytes(UTF_8)))
          .isInstanceOfSatisfying(WrongOffset.class, e -> assertThat(e.right()).isEqualTo(4));
    }
    assertThat(all()).isEqualTo("one\n");
  }

  @Test
  void appendsUnderAKeyOnce() throws Exception {
    log.append(build, "rollout", "pod/ready", "       ready");
    log.append(build, "rollout", "pod/ready", "       ready again");
    log.append(build, "watch", "pod/ready", "       seen");
    assertThat(all()).isEqualTo("       ready\n       seen\n");
  }

  @Test
  void isClosedWhenTheBuildIsSettled() throws Exception {
    log.appendAt(build, "builder", 0, "one\n".getBytes(UTF_8));
    fixture
        .stores
        .builds()
        .end(build, new BuildEnd.Failed(new BuildFailureCause.StoredSentence("lost")));
    log.append(build, "receiver", "end", " !     lost");
    assertThat(log.read(build, 0, 100).closed()).isFalse();
    settle();
    log.append(build, "receiver", "late", "late");
    assertThatThrownBy(() -> log.appendAt(build, "builder", 4, "late\n".getBytes(UTF_8)))
        .isInstanceOf(LogClosed.class);
    Chunk chunk = log.read(build, 0, 1000);
    assertThat(new String(chunk.text(), UTF_8)).isEqualTo("one\n !     lost\n");
    assertThat(chunk.last()).isTrue();
  }

  @Test
  void isReadFromAnyOffset() throws Exception {
    log.append(build, "a", "1", "0123456");
    log.append(build, "a", "2", "abcdefg");
    String whole = "0123456\nabcdefg\n";
    for (int from = 0; from <= whole.length(); from++) {
      Chunk chunk = log.read(build, from, 100);
      assertThat(new String(chunk.text(), UTF_8)).isEqualTo(whole.substring(from));
      assertThat(chunk.next()).isEqualTo(16);
    }
    Chunk first = log.read(build, 3, 1);
    assertThat(new String(first.text(), UTF_8)).isEqualTo("3456\n");
    assertThat(first.next()).isEqualTo(8);
    assertThat(log.read(build, 99, 100).text()).isEmpty();
  }

  @Test
  void aLargeAppendIsReadInPieces() throws Exception {
    byte[] lines = "a line of some length\n".repeat(20_000).getBytes(UTF_8);
    log.appendAt(build, "builder", 0, lines);
    assertThat(log.read(build, 0, 1000).text().length).isLessThan(20_000);
    assertThatThrownBy(() -> log.appendAt(build, "builder", 0, lines))
        .isInstanceOfSatisfying(
            WrongOffset.class, e -> assertThat(e.right()).isEqualTo(lines.length));
    settle();
    assertThat(follow(log, 0)).isEqualTo(lines);
  }

  @Test
  void isAnObjectOnceItIsArchived() throws Exception {
    log.append(build, "a", "1", "line");
    log.archived(build, "key/log");
    assertThat(all()).isEqualTo("line\n");
    settle();
    assertThat(fixture.stores.builds().unarchived(Instant.now().plusSeconds(1))).hasSize(1);
    assertThat(fixture.stores.builds().unarchived(Instant.now().minusSeconds(60))).isEmpty();
    log.archived(build, "key/log");
    assertThatThrownBy(this::all).isInstanceOf(LogArchived.class);
    Build archived = fixture.stores.builds().find(build).orElseThrow();
    assertThat(archived.archivedLog()).contains("key/log");
    assertThat(archived.logSize()).isEqualTo(5);
    assertThat(fixture.stores.builds().unarchived(Instant.now().plusSeconds(1))).isEmpty();
  }

  @Test
  void theLogOfABuildThatIsGoneIsOver() throws Exception {
    assertThat(log.read(new BuildId("gone"), 7, 100).last()).isTrue();
    assertThatThrownBy(() -> log.appendAt(new BuildId("gone"), "builder", 0, "x\n".getBytes(UTF_8)))
        .isInstanceOf(LogClosed.class);
  }

  @Test
  void eachAppendWakesAFollower() throws Exception {
    var ticket = fixture.signals.ticket(new Topic.BuildChanged(build));
    log.append(build, "a", "1", "line");
    assertThat(ticket.await(Duration.ZERO)).isTrue();
  }

  @Test
  void followersOfTwoProcessesGetTheSameBytesFromAnyOffset() throws Exception {
    int lines = 1_500;
    try (Fixture other = new Fixture(database, directory);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> first = threads.submit(() -> write(fixture, "builder-1", lines));
      Future<?> second = threads.submit(() -> write(other, "builder-2", lines));
      Random random = new Random(7);
      List<Integer> offsets = new ArrayList<>(List.of(0));
      List<Future<byte[]>> followers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        offsets.add(random.nextInt(lines * 20));
      }
      for (int offset : offsets) {
        BuildLogs mine = (offset % 2 == 0 ? fixture : other).stores.buildLog();
        followers.add(threads.submit(() -> follow(mine, offset)));
      }
      first.get();
      second.get();
      settle();

      byte[] whole = follow(log, 0);
      for (int i = 0; i < offsets.size(); i++) {
        assertThat(followers.get(i).get())
            .isEqualTo(Arrays.copyOfRange(whole, offsets.get(i), whole.length));
      }
      for (String writer : List.of("builder-1", "builder-2")) {
        List<String> own =
            new String(whole, UTF_8).lines().filter(l -> l.contains(writer)).toList();
        assertThat(own).hasSize(lines);
        assertThat(own.getLast()).endsWith("line " + (lines - 1));
        assertThat(own).isEqualTo(own.stream().distinct().toList());
      }
    }
  }

  private Object write(Fixture process, String writer, int lines) throws Exception {
    BuildLogs mine = process.stores.buildLog();
    long offset = 0;
    for (int i = 0; i < lines; i++) {
      byte[] line = "       %s: line %d\n".formatted(writer, i).getBytes(UTF_8);
      offset = mine.appendAt(build, writer, offset, line);
    }
    return offset;
  }

  /** Follows to the end of the closed log. */
  private byte[] follow(BuildLogs mine, long from) throws IOException, InterruptedException {
    LogFollower follower =
        new LogFollower(
            fixture.stores.builds(),
            mine,
            fixture.signals,
            (key, offset) -> new ByteArrayInputStream(new byte[0]),
            new LongRequests());
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    LogSink sink =
        new LogSink() {
          @Override
          public void text(byte[] piece, long next) {
            text.writeBytes(piece);
            assertThat(next).isEqualTo(from + text.size());
          }

          @Override
          public void idle() {}
        };
    follower.follow(FollowerClient.API, build, from, sink);
    return text.toByteArray();
  }
}
