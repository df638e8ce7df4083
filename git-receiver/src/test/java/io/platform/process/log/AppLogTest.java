package io.platform.process.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.LogLine;
import io.platform.domain.LogPosition;
import io.platform.domain.LogQuery;
import io.platform.domain.LogSource;
import io.platform.domain.ProcessName;
import io.platform.domain.ProcessSelector;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AppLogTest {
  private static final AppLogLimits LIMITS =
      new AppLogLimits(
          1 << 20, Duration.ofDays(1), 1000, Duration.ofMillis(50), Duration.ofMillis(50));
  private static final AppLogLimits PATIENT =
      AppLogLimits.defaults().keeping(1 << 20, Duration.ofDays(1));

  private static final ProcessName WEB = ProcessName.numbered("web", 1);
  private static final ProcessName WORKER = ProcessName.numbered("worker", 1);

  @TempDir Path directory;

  @Test
  void keepsItsLinesAcrossRestarts() throws Exception {
    AppLog first = new AppLog(directory, PATIENT);
    first.add(WEB, "one");
    first.note("Released");
    first.close();
    LogPosition end = read(new AppLog(directory, PATIENT), LogQuery.everything()).last();
    Files.write(
        onlyFile(),
        "2026-11-27T12:00:00Z app web.1 cut by a ki".getBytes(UTF_8),
        StandardOpenOption.APPEND);
    AppLog second = new AppLog(directory, PATIENT);
    second.add(WEB, "two");
    second.close();
    AppLog third = new AppLog(directory, PATIENT);
    assertThat(read(third, LogQuery.everything()).texts())
        .containsExactly("one", "Released", "two");
    assertThat(read(third, LogQuery.everything().continuedAfter(end)).texts())
        .containsExactly("two");
  }

  @Test
  void goesOnAfterAnyFailureOfItsFiles() throws Exception {
    AppLog log = new AppLog(directory, PATIENT);
    Path strange = directory.resolve("9".repeat(20) + "-" + "0".repeat(20) + ".log");
    Files.createFile(strange);
    log.add(WEB, "lost");
    log.lastEvent(); // when the disk has had its turn
    Files.delete(strange);
    log.add(WEB, "kept");
    log.close();
    assertThat(read(new AppLog(directory, PATIENT), LogQuery.everything()).texts())
        .containsExactly("kept", "1 lines are left out: the disk did not take them");
  }

  @Test
  void keepsEveryCharacterAndShowsNoneThatControlsATerminal() throws Exception {
    String text = "\u001b[31mred\u001b[0m \\ \\u001b \u0007\u0000\r\t\u202e ü 🚀 \uFFFD";
    AppLog log = new AppLog(directory, PATIENT);
    log.add(WEB, text);
    log.close();
    LogLine line = read(log, LogQuery.everything()).lines().getFirst();
    assertThat(line.text()).isEqualTo(text);
    assertThat(line.process()).contains(WEB);
    assertThat(line.source()).isEqualTo(LogSource.APP);
    assertThat(Files.readString(onlyFile()))
        .doesNotContain("\u001b", "\u0007", "\u0000", "\u202e")
        .contains("\\u001b[31mred");
  }

  @Test
  void findsTheNewestLinesThatAreWanted() throws Exception {
    AppLog log = new AppLog(directory, PATIENT);
    IntStream.range(0, 5000)
        .forEach(i -> {
          log.add(WEB, "web " + i);
          log.add(WORKER, "worker " + i);
        });
    log.note("end");
    log.close();
    assertThat(read(log, LogQuery.everything().withTail(3)).texts())
        .containsExactly("web 4999", "worker 4999", "end");
    LogQuery worker =
        new LogQuery(
            new ProcessSelector.One(WORKER),
            Set.of(LogSource.values()),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.of(2000),
            false);
    assertThat(read(log, worker).texts())
        .hasSize(2000)
        .startsWith("worker 3000")
        .endsWith("worker 4999");
    assertThat(read(log, LogQuery.everything().withTail(1_000_000)).texts()).hasSize(10_001);
    assertThat(read(log, LogQuery.everything().withTail(0)).texts()).isEmpty();
    List<LogLine> lines = read(log, LogQuery.everything()).lines();
    Instant since = lines.get(7000).at();
    LogQuery late =
        new LogQuery(
            new ProcessSelector.All(),
            Set.of(LogSource.APP),
            Optional.empty(),
            Optional.of(since),
            OptionalInt.of(9000),
            false);
    long wanted =
        lines.stream()
            .filter(line -> line.source() == LogSource.APP && !line.at().isBefore(since))
            .count();
    assertThat(read(log, late).lines())
        .hasSize((int) wanted)
        .noneMatch(line -> line.at().isBefore(since));
  }

  @Test
  void boundsItsFilesAndTellsHowManyLinesAReaderLost() throws Exception {
    AppLogLimits limits = PATIENT.keeping(8 << 10, Duration.ofDays(1));
    AppLog log = new AppLog(directory, limits);
    log.add(WEB, "line 0");
    log.close();
    LogPosition first = read(log, LogQuery.everything()).last();
    AppLog next = new AppLog(directory, limits);
    for (int i = 1; i < 1000; i++) {
      next.add(WEB, "line " + i);
    }
    next.close();
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isLessThan(9 << 10);
    }
    ReceivedLines kept = read(next, LogQuery.everything());
    assertThat(kept.texts()).doesNotContain("line 1").endsWith("line 999");
    ReceivedLines late = read(next, LogQuery.everything().continuedAfter(first));
    assertThat(late.texts().getFirst()).isEqualTo("lost " + (999 - kept.texts().size()));
    assertThat(late.lines()).isEqualTo(kept.lines());
  }

  @Test
  void removesOldLinesAndKeepsPositions() throws Exception {
    AppLog log = new AppLog(directory, PATIENT);
    log.add(WEB, "old");
    log.close();
    Path file = onlyFile();
    LogPosition end = read(log, LogQuery.everything()).last();
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    AppLog next = new AppLog(directory, PATIENT);
    next.expire(Instant.now());
    next.add(WEB, "new");
    next.close();
    assertThat(file).doesNotExist();
    assertThat(read(next, LogQuery.everything()).texts()).containsExactly("new");
    assertThat(read(next, LogQuery.everything().continuedAfter(end)).texts())
        .containsExactly("new");
  }

  @Test
  void knowsItsLastEventAlsoWhenTheLineIsGone() throws Exception {
    AppLogLimits limits = PATIENT.keeping(8 << 10, Duration.ofDays(1));
    AppLog log = new AppLog(directory, limits);
    log.addEvent(7, Optional.empty(), "Scaled web to 2");
    for (int i = 0; i < 1000; i++) {
      log.add(WEB, "line " + i);
    }
    log.close();
    AppLog next = new AppLog(directory, limits);
    assertThat(read(next, LogQuery.everything()).texts()).doesNotContain("Scaled web to 2");
    assertThat(next.lastEvent()).isEqualTo(7);
    next.close();
  }

  @Test
  void followsWhileFilesAreRotated() throws Exception {
    AppLogLimits limits = PATIENT.keeping(256 << 10, Duration.ofDays(1));
    AppLog log = new AppLog(directory, limits);
    ReceivedLines received = new ReceivedLines();
    Thread follower = follow(log, received);
    int lines = 20_000;
    for (int i = 0; i < lines; i++) {
      log.add(WEB, "line " + i);
      if (i % 500 == 0) {
        received.awaitText("line " + i);
      }
    }
    received.awaitText("line " + (lines - 1));
    log.close();
    follower.join();
    assertThat(received.texts())
        .containsExactlyElementsOf(IntStream.range(0, lines).mapToObj(i -> "line " + i).toList());
  }

  @Test
  void aSlowReaderLosesLinesAndNobodyWaitsForIt() throws Exception {
    AppLogLimits limits = PATIENT.keeping(64 << 10, Duration.ofDays(1));
    AppLog log = new AppLog(directory, limits);
    CountDownLatch writtenAll = new CountDownLatch(1);
    ReceivedLines received = new ReceivedLines();
    log.add(WEB, "begin");
    Thread slow =
        Thread.ofVirtual()
            .start(() -> {
              try {
                log.read(
                    LogQuery.everything().withFollow(true), new SlowSink(received, writtenAll));
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    received.awaitText("begin");
    int lines = 20_000;
    for (int i = 0; i < lines; i++) {
      log.add(WEB, "line " + i);
    }
    log.close();
    writtenAll.countDown();
    slow.join();
    assertThat(received.countLost()).isPositive();
    assertThat(received.lines().size() + received.countLost()).isEqualTo(lines + 1);
    assertThat(received.texts()).endsWith("line " + (lines - 1));
  }

  @Test
  void leavesLinesOutWhileTheDiskTakesNone() throws Exception {
    Path file = pipe();
    AppLog log = new AppLog(directory, LIMITS);
    int lines = 1000;
    for (int i = 0; i < lines; i++) {
      log.add(WEB, "line " + i);
    }
    log.note("State changed to crashed");
    try (BufferedReader disk = Files.newBufferedReader(file)) {
      String line = disk.readLine();
      int written = 0;
      for (; line.contains(" app web.1 line "); line = disk.readLine()) {
        assertThat(line).endsWith(" line " + written++);
      }
      assertThat(line).endsWith(" platform - State changed to crashed");
      assertThat(disk.readLine())
          .endsWith(
              "%,d lines are left out: the disk did not take them".formatted(lines - written));
      log.add(WEB, "after");
      assertThat(disk.readLine()).endsWith(" after");
      log.close();
      assertThat(disk.readLine()).isNull();
    }
  }

  @Test
  void endsWhileTheDiskTakesNothing() throws Exception {
    Path file = pipe();
    AppLog log = new AppLog(directory, LIMITS);
    log.add(WEB, "line");
    log.close();
    log.add(WEB, "of an app that is gone");
    try (BufferedReader disk = Files.newBufferedReader(file)) {
      assertThat(disk.lines()).noneMatch(line -> line.contains("of an app that is gone"));
    }
  }

  private static ReceivedLines read(AppLog log, LogQuery query) throws Exception {
    ReceivedLines received = new ReceivedLines();
    log.read(query, received);
    return received;
  }

  private static Thread follow(AppLog log, ReceivedLines received) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            log.read(LogQuery.everything().withFollow(true), received);
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private Path onlyFile() throws IOException {
    return new LogFiles(directory).list().getFirst().file();
  }

  /** Nobody reads it: whoever opens it to write stands still, as before a disk that hangs. */
  private Path pipe() throws Exception {
    Path file = new LogFiles(directory).at(LogOffset.BEGINNING).file();
    assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
    return file;
  }

  /** Takes its first lines, and the next ones only when all are written. */
  private record SlowSink(ReceivedLines received, CountDownLatch go)
      implements io.platform.domain.port.ProcessLogSink {
    @Override
    public void lines(List<LogLine> lines) throws IOException {
      received.lines(lines);
      awaitGo();
    }

    @Override
    public void lost(long count, LogPosition next) {
      received.lost(count, next);
    }

    @Override
    public void idle() {}

    private void awaitGo() {
      try {
        go.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
