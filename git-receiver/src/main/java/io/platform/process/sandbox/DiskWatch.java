package io.platform.process.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.platform.domain.ExitDetail;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops builds and apps whose directories exceed their limit, and the one with the largest
 * directory when the disk is nearly full. What it does not see: files that are deleted while they
 * are open, and those that a process without a sandbox writes elsewhere.
 */
public final class DiskWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration MEASURE_EVERY = Duration.ofSeconds(5);

  /** Measuring takes a twentieth of the time at most. */
  private static final int PAUSE_FOR_WORK = 20;

  private static final long MOST_RESERVED = 1L << 30;
  private static final int RESERVED_PERCENT = 2;

  /** A line of du: kilobytes, path. */
  private static final Pattern LINE = Pattern.compile("([0-9]{1,15})\t(.*)");

  /**
   * Builds and apps can make directories that their own user, who is the server's, may not read. In
   * a user namespace the server may read all that belongs to its user.
   */
  private static final List<String> READING_ALL =
      List.of(
          "bwrap",
          "--ro-bind",
          "/",
          "/",
          "--unshare-user",
          "--cap-add",
          "CAP_DAC_READ_SEARCH",
          "--");

  private final ProcessLauncher launcher;
  private final boolean sandboxes;
  private final FileStore disk;
  private final Map<Path, Watched> watched = new ConcurrentHashMap<>();
  private final Thread thread;
  private long measureAt = System.nanoTime();
  private boolean lowReported;

  private record Watched(DiskUser child, long limit) {}

  private record Usage(Watched of, long bytes) {}

  /**
   * Watches until closed.
   *
   * @param sandboxes whether bubblewrap works here
   */
  public DiskWatch(ProcessLauncher launcher, Path data, boolean sandboxes) throws IOException {
    this.launcher = launcher;
    this.sandboxes = sandboxes;
    this.disk = Files.getFileStore(data);
    this.thread = Thread.ofPlatform().name("disk-watch").daemon().start(this::watch);
  }

  /** Watches the directory of a process until that has ended. */
  void add(ProcessSpec processSpec, DiskUser child) {
    watched.put(processSpec.directory(), new Watched(child, processSpec.limits().diskBytes()));
  }

  private void watch() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Thread.sleep(LOOK_EVERY);
        look();
      } catch (IOException e) {
        LOG.warn("The disk space that builds and apps take cannot be measured: {}", e.getMessage());
      } catch (RuntimeException e) {
        LOG.error("The disk space that builds and apps take could not be limited now", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void look() throws IOException, InterruptedException {
    long reserve = Math.min(MOST_RESERVED, disk.getTotalSpace() / 100 * RESERVED_PERCENT);
    boolean low = disk.getUsableSpace() < reserve;
    lowReported &= low;
    watched.values().removeIf(one -> one.child.ended().isDone());
    if (watched.isEmpty() || (!low && System.nanoTime() < measureAt)) {
      return;
    }
    List<Usage> all = measure();
    all.stream().filter(DiskWatch::isTooMuch).forEach(DiskWatch::endForItsLimit);
    if (low && disk.getUsableSpace() < reserve) {
      endTheLargest(all, reserve);
    }
  }

  private static boolean isTooMuch(Usage usage) {
    return usage.of.limit > 0 && usage.bytes > usage.of.limit;
  }

  private static void endForItsLimit(Usage usage) {
    usage.of.child.endFor(new ExitDetail.TooMuchDisk(usage.bytes, usage.of.limit));
  }

  private void endTheLargest(List<Usage> all, long reserve) {
    all.stream()
        .filter(usage -> usage.bytes >= reserve)
        .max(Comparator.comparingLong(Usage::bytes))
        .ifPresentOrElse(
            largest -> largest.of.child.endFor(new ExitDetail.DiskAlmostFull(largest.bytes)),
            () -> reportLow(reserve));
  }

  private void reportLow(long reserve) {
    if (!lowReported) {
      lowReported = true;
      LOG.warn(
          "Less than {} MB are left on the disk of the data directory, and no build or app takes that much: free space there.",
          reserve >> 20);
    }
  }

  private List<Usage> measure() throws IOException, InterruptedException {
    long start = System.nanoTime();
    Map<Path, Watched> now = Map.copyOf(watched);
    Process du = launcher.start(command(sandboxes, now.keySet()), Map.of("LC_ALL", "C"));
    du.getOutputStream().close();
    List<Usage> all = new ArrayList<>();
    try (var lines = du.inputReader(UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher found = LINE.matcher(line);
        Watched of = found.matches() ? now.get(Path.of(found.group(2))) : null;
        if (of != null) {
          all.add(new Usage(of, Long.parseLong(found.group(1)) << 10));
        }
      }
    }
    du.waitFor();
    long took = System.nanoTime() - start;
    measureAt = System.nanoTime() + Math.max(MEASURE_EVERY.toNanos(), took * PAUSE_FOR_WORK);
    return all;
  }

  /** Says in kilobytes how much each of these takes. */
  static List<String> command(boolean sandboxes, Set<Path> directories) {
    List<String> command = new ArrayList<>(sandboxes ? READING_ALL : List.of());
    command.addAll(List.of("nice", "du", "-skx", "--"));
    directories.forEach(directory -> command.add(directory.toString()));
    return command;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
