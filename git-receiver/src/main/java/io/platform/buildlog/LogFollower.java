package io.platform.buildlog;

import io.platform.commons.shutdown.LongRequests;
import io.platform.commons.shutdown.ServerStopping;
import io.platform.domain.Build;
import io.platform.domain.BuildId;
import io.platform.domain.port.ArchivedLogs;
import io.platform.domain.port.BuildLogs;
import io.platform.domain.port.BuildLogs.Chunk;
import io.platform.domain.port.BuildLogs.LogArchived;
import io.platform.domain.port.Builds;
import io.platform.domain.port.LogSink;
import io.platform.domain.port.Signals;
import io.platform.domain.port.Topic;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * The one way to follow a build's log: {@code git push}, {@code builds log --follow} and
 * server-sent events all use it.
 */
public final class LogFollower {
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);
  private static final int PIECE = 64 * 1024;

  private final Builds builds;
  private final BuildLogs log;
  private final Signals signals;
  private final ArchivedLogs archivedLogs;
  private final LongRequests requests;
  private final Map<FollowerClient, FollowerLag> lags = new EnumMap<>(FollowerClient.class);

  /**
   * Follows logs of these builds.
   *
   * @param requests tell when the server stops, which ends the following
   */
  public LogFollower(
      Builds builds,
      BuildLogs log,
      Signals signals,
      ArchivedLogs archivedLogs,
      LongRequests requests) {
    this.builds = builds;
    this.log = log;
    this.signals = signals;
    this.archivedLogs = archivedLogs;
    this.requests = requests;
    for (FollowerClient client : FollowerClient.values()) {
      lags.put(client, new FollowerLag());
    }
  }

  /** How far behind those are who follow through this. */
  public FollowerLag lag(FollowerClient client) {
    return Objects.requireNonNull(lags.get(client));
  }

  /**
   * Sends the log from an offset to its end, waiting for what is still to come.
   *
   * @throws ServerStopping where the server stops before the log's end; what there was is sent
   * @throws IOException as the sink throws it, or where an archived log cannot be read
   */
  public void follow(FollowerClient client, BuildId build, long from, LogSink sink)
      throws IOException, InterruptedException {
    Topic changed = new Topic.BuildChanged(build);
    try (FollowerLag.Follower follower = lag(client).begin();
        LongRequests.Request _ = requests.beginOnThisThread(() -> signals.raise(changed))) {
      follow(build, from, sink, follower);
    }
  }

  private void follow(BuildId build, long from, LogSink sink, FollowerLag.Follower follower)
      throws IOException, InterruptedException {
    long offset = from;
    while (true) {
      Signals.Ticket ticket = signals.ticket(new Topic.BuildChanged(build));
      Chunk chunk;
      try {
        chunk = log.read(build, offset, PIECE);
      } catch (LogArchived e) {
        copyArchived(build, offset, sink);
        return;
      }
      follower.behind(chunk.size() - offset);
      if (chunk.text().length > 0) {
        sink.text(chunk.text(), chunk.next());
        offset = chunk.next();
        follower.behind(Math.max(0, chunk.size() - offset));
      }
      if (chunk.last()) {
        return;
      }
      requests.check();
      if (chunk.next() >= chunk.size() && !ticket.await(KEEP_ALIVE)) {
        sink.idle();
      }
    }
  }

  /**
   * Opens the log's object where the log is one, so that a missing object is known before anything
   * is sent.
   *
   * @throws java.nio.file.NoSuchFileException where the object is missing
   */
  public void checkReadable(Build build) throws IOException {
    if (build.archivedLog().isPresent()) {
      archivedLogs.open(build.archivedLog().get(), 0).close();
    }
  }

  /** Sends what the log has now, from an offset on. */
  public void copy(BuildId build, long from, LogSink sink) throws IOException {
    long offset = from;
    while (true) {
      Chunk chunk;
      try {
        chunk = log.read(build, offset, PIECE);
      } catch (LogArchived e) {
        copyArchived(build, offset, sink);
        return;
      }
      if (chunk.text().length == 0) {
        return;
      }
      sink.text(chunk.text(), chunk.next());
      offset = chunk.next();
    }
  }

  private void copyArchived(BuildId build, long from, LogSink sink) throws IOException {
    String key =
        builds
            .find(build)
            .flatMap(Build::archivedLog)
            .orElseThrow(() -> new IOException("the log of build %s was removed".formatted(build)));
    try (InputStream in = archivedLogs.open(key, from)) {
      byte[] buffer = new byte[PIECE];
      long offset = from;
      int held = 0;
      for (int n = in.readNBytes(buffer, 0, PIECE);
          n > 0;
          n = in.readNBytes(buffer, held, PIECE - held)) {
        int size = held + n;
        int lines = size < PIECE ? size : wholeLines(buffer);
        offset += lines;
        sink.text(Arrays.copyOf(buffer, lines), offset);
        held = size - lines;
        System.arraycopy(buffer, lines, buffer, 0, held);
      }
      if (held > 0) {
        sink.text(Arrays.copyOf(buffer, held), offset + held);
      }
    }
  }

  /** The length of the whole lines in a full buffer; all of it where it is but a part of one. */
  private static int wholeLines(byte[] buffer) {
    for (int i = buffer.length; i > 0; i--) {
      if (buffer[i - 1] == '\n') {
        return i;
      }
    }
    return buffer.length;
  }
}
