package io.platform.slug.build.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileInputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LogSpoolTest {
  @TempDir Path directory;

  @Test
  void keepsNoMoreThanItsLimit() throws Exception {
    Path file = directory.resolve("log");
    try (LogSpool spool = new LogSpool(file, 1 << 20)) {
      byte[] line = ("x".repeat(1023) + "\n").getBytes(UTF_8);
      for (int i = 0; i < 5000; i++) {
        spool.append(line);
      }
      assertThat(spool.size()).isLessThan((1 << 20) + 100);
    }
    assertThat(Files.size(file)).isLessThan((1 << 20) + 100);
    assertThat(file)
        .content()
        .endsWith("x\n       The log is longer than 1 MB: what follows is not kept\n");
  }

  @Test
  void tellsHowMuchThereIsWhileTheDiskDoesNotTakeMore() throws Exception {
    byte[] lines = ("x".repeat(1023) + "\n").repeat(256).getBytes(UTF_8);
    Path fifo = directory.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    try (RandomAccessFile disk = new RandomAccessFile(fifo.toFile(), "rw");
        FileInputStream taken = new FileInputStream(fifo.toFile());
        LogSpool spool = new LogSpool(fifo);
        ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      Future<?> write = threads.submit(() -> spool.append(lines));
      awaitFull(taken);
      assertThat(threads.submit(spool::size).get(20, TimeUnit.SECONDS)).isZero();
      assertThat(write.isDone()).isFalse();

      disk.readFully(new byte[lines.length]);
      write.get();
      assertThat(spool.size()).isEqualTo(lines.length);
    }
  }

  /** A pipe whose buffer has not grown for a while takes no more. */
  private static void awaitFull(FileInputStream pipe) throws Exception {
    AtomicInteger before = new AtomicInteger();
    Awaitility.await()
        .during(Duration.ofMillis(300))
        .until(
            () -> pipe.available() > 0 && before.getAndSet(pipe.available()) == pipe.available());
  }

  @Test
  void keepsWhatAnInterruptedThreadSays() throws Exception {
    byte[] line = "Canceled\n".getBytes(UTF_8);
    try (LogSpool spool = new LogSpool(directory.resolve("log"))) {
      Thread.currentThread().interrupt();
      spool.append(line);
      assertThat(Thread.interrupted()).isTrue();
      byte[] read = new byte[100];
      assertThat(spool.read(0, read)).isEqualTo(line.length);
      assertThat(read).startsWith(line);
    }
  }
}
