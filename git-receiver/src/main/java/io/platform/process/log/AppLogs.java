package io.platform.process.log;

import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.LogQuery;
import io.platform.domain.port.ProcessLogSink;
import io.platform.domain.port.ProcessLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The logs of all apps, each in a directory that has the app's id as its name: an app keeps its log
 * under another name, too.
 */
public final class AppLogs implements ProcessLogs, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AppLogs.class);

  private final Path root;
  private final AppLogLimits limits;
  private final Map<AppId, AppLog> logs = new ConcurrentHashMap<>();
  private final Future<?> expiry;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("old logs").factory());

  /** Logs below a directory. */
  public AppLogs(Path root, AppLogLimits limits) {
    this.root = root;
    this.limits = limits;
    this.expiry = clock.scheduleAtFixedRate(this::expire, 1, 60, TimeUnit.MINUTES);
  }

  /** The log of an app, to be written. */
  public AppLog of(AppId app) {
    return logs.computeIfAbsent(app, id -> new AppLog(directory(id), limits));
  }

  /** Where the log of an app is. */
  public Path directory(AppId app) {
    return root.resolve(app.value());
  }

  @Override
  public void read(App app, LogQuery query, ProcessLogSink sink)
      throws IOException, InterruptedException {
    of(app.id()).read(query, sink);
  }

  /**
   * Writes what waits, and ends those who follow. The app's log is begun again by the next line.
   */
  public void close(AppId app) {
    AppLog log = logs.remove(app);
    if (log != null) {
      log.close();
    }
  }

  private void expire() {
    try (Stream<Path> directories = Files.list(root)) {
      Instant now = Instant.now();
      directories.forEach(
          directory -> of(new AppId(directory.getFileName().toString())).expire(now));
    } catch (NoSuchFileException nothingYet) {
      LOG.debug("no logs yet in {}", root);
    } catch (IOException | RuntimeException e) {
      LOG.warn("old logs in {} could not be removed; it is tried again in an hour", root, e);
    }
  }

  @Override
  public void close() {
    expiry.cancel(false);
    clock.shutdownNow();
    List.copyOf(logs.keySet()).forEach(this::close);
  }
}
