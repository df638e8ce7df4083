package io.platform.drain;

import io.platform.domain.App;
import io.platform.domain.DrainId;
import io.platform.domain.LogDrain;
import io.platform.domain.port.Apps;
import io.platform.domain.port.ProcessLogs;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The drains that this program delivers now, with the connections that they share. */
public final class DrainDeliveries implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DrainDeliveries.class);

  private final DrainConfig config;
  private final Apps apps;
  private final ProcessLogs logs;
  private final InstantSource clock;
  private final DrainConnections connections;
  private final Map<DrainId, DrainDelivery> deliveries = new HashMap<>();

  /**
   * Delivers nothing yet.
   *
   * @throws IOException where the file of trusted certificates cannot be used
   */
  public DrainDeliveries(DrainConfig config, Apps apps, ProcessLogs logs, InstantSource clock)
      throws IOException {
    this.config = config;
    this.apps = apps;
    this.logs = logs;
    this.clock = clock;
    this.connections = new DrainConnections(config);
  }

  /** Delivers these drains from now on, and no others. */
  void deliver(List<LogDrain> wanted) {
    Set<DrainId> ids = Set.copyOf(wanted.stream().map(LogDrain::id).toList());
    for (DrainId id : List.copyOf(deliveries.keySet())) {
      if (!ids.contains(id)) {
        Optional.ofNullable(deliveries.remove(id)).ifPresent(DrainDelivery::close);
      }
    }
    wanted.forEach(this::deliver);
  }

  private void deliver(LogDrain drain) {
    try {
      ensureDelivered(drain);
    } catch (RuntimeException e) {
      LOG.error("drain {} cannot be delivered", drain.id(), e);
    }
  }

  private void ensureDelivered(LogDrain drain) {
    Optional<App> app = apps.find(drain.app());
    Optional<DrainDelivery> running = Optional.ofNullable(deliveries.get(drain.id()));
    if (app.isEmpty() || running.filter(it -> isNamedAs(it.app(), app.get())).isPresent()) {
      return;
    }
    LogDrain from = running.map(it -> stopped(drain, it)).orElse(drain);
    deliveries.put(
        drain.id(),
        DrainDelivery.start(app.get(), from, logs, connections.open(drain.url()), config, clock));
  }

  private static boolean isNamedAs(App delivered, App now) {
    return delivered.path().equals(now.path()) && delivered.host().equals(now.host());
  }

  /** The drain as it is when its delivery has ended. */
  private static LogDrain stopped(LogDrain drain, DrainDelivery delivery) {
    delivery.close();
    return new LogDrain(
        drain.id(),
        drain.app(),
        drain.url(),
        drain.addedBy(),
        drain.addedAt(),
        delivery.progress());
  }

  /** How far each is. */
  Map<DrainId, LogDrain.Progress> progress() {
    Map<DrainId, LogDrain.Progress> progress = new HashMap<>();
    deliveries.forEach((id, delivery) -> progress.put(id, delivery.progress()));
    return progress;
  }

  /** Stops all; how far they are can still be asked. */
  void stop() {
    DrainDelivery.close(deliveries.values());
  }

  @Override
  public void close() {
    connections.close();
  }
}
