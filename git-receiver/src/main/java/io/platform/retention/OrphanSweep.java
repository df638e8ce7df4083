package io.platform.retention;

import io.platform.domain.App;
import io.platform.domain.ObjectKeys;
import io.platform.domain.port.Apps;
import io.platform.storage.ObjectInfo;
import io.platform.storage.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes through all stored objects of the installation once, app by app; where that fails for one of
 * them, the others have their turn. What is under the keys of an app that does not exist goes once
 * it is old enough.
 */
final class OrphanSweep {
  private static final Logger LOG = LoggerFactory.getLogger(OrphanSweep.class);

  /** Of {@code <clusterID>/<customerID>/<namespace>/<app>/…}. */
  private static final int SEGMENTS = 4;

  /** Where a database or a store is gone, all apps fail for one reason. */
  private static final int MOST_LOGGED = 10;

  private final boolean dryRun;
  private final Retention retention;
  private final Apps apps;
  private final ObjectStore objects;
  private final ObjectKeys keys;

  OrphanSweep(
      boolean dryRun, Retention retention, Apps apps, ObjectStore objects, ObjectKeys keys) {
    this.dryRun = dryRun;
    this.retention = retention;
    this.apps = apps;
    this.objects = objects;
    this.keys = keys;
  }

  /**
   * Does it.
   *
   * @throws IOException where nothing, or not all, could be listed or removed
   */
  void run() throws IOException {
    Failures failures = new Failures();
    failures.add(() -> sweepApps(failures));
    if (!dryRun) {
      failures.add(() -> objects.sweep(retention.orphansBefore()));
    }
    failures.throwFirst();
  }

  private void sweepApps(Failures failures) throws IOException {
    Map<String, App> known = known();
    try (Stream<ObjectInfo> all = objects.list(keys.clusterId() + "/")) {
      List<ObjectInfo> group = new ArrayList<>();
      String prefix = "";
      for (Iterator<ObjectInfo> each = all.iterator(); each.hasNext(); ) {
        ObjectInfo object = each.next();
        String of = prefix(object.key());
        if (!of.equals(prefix)) {
          String whole = prefix;
          failures.add(() -> look(whole, group, known));
          group.clear();
          prefix = of;
        }
        group.add(object);
      }
      String last = prefix;
      failures.add(() -> look(last, group, known));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** What failed while the rest went on. */
  private static final class Failures {
    private final List<Exception> all = new ArrayList<>();

    /** Something to do that may fail. */
    interface Step {
      void run() throws IOException;
    }

    void add(Step step) {
      try {
        step.run();
      } catch (IOException | RuntimeException e) {
        all.add(e);
      }
    }

    void throwFirst() throws IOException {
      if (!all.isEmpty()) {
        IOException failed =
            new IOException(
                "%d of the steps of a sweep failed".formatted(all.size()), all.getFirst());
        all.stream().skip(1).limit(MOST_LOGGED).forEach(failed::addSuppressed);
        throw failed;
      }
    }
  }

  private Map<String, App> known() {
    Map<String, App> known = new HashMap<>();
    apps.all().forEach(app -> known.put(keys.app(app), app));
    return known;
  }

  /** The part of a key that an app's keys have in common; the whole key where it has no such. */
  private static String prefix(String key) {
    int end = -1;
    for (int segment = 0; segment < SEGMENTS; segment++) {
      end = key.indexOf('/', end + 1);
      if (end < 0) {
        return key;
      }
    }
    return key.substring(0, end + 1);
  }

  private void look(String prefix, List<ObjectInfo> group, Map<String, App> known)
      throws IOException {
    if (group.isEmpty()) {
      return;
    }
    // An app that was made since is no orphan: the rows are asked again.
    App app = known.containsKey(prefix) ? known.get(prefix) : known().get(prefix);
    if (app == null) {
      removeOrphans(prefix, group);
    } else {
      Optional<App> now = apps.find(app.id()).filter(a -> a.status() == App.Status.ACTIVE);
      if (now.isPresent()) {
        remove(now.get(), group);
      }
    }
  }

  private void remove(App app, List<ObjectInfo> group) throws IOException {
    Removals removals =
        dryRun ? retention.plan(app, group, retention.limits()) : retention.run(app, group);
    tell(dryRun, app, removals);
  }

  private void removeOrphans(String prefix, List<ObjectInfo> group) throws IOException {
    List<String> gone =
        group.stream()
            .filter(object -> object.modified().isBefore(retention.orphansBefore()))
            .map(ObjectInfo::key)
            .toList();
    if (gone.isEmpty()) {
      return;
    }
    LOG.info(
        "{} {} objects under {}, of an app that does not exist",
        dryRun ? "would remove" : "removes",
        gone.size(),
        prefix);
    if (dryRun) {
      gone.forEach(key -> LOG.info("would remove {}", key));
    } else {
      retention.delete(gone);
    }
  }

  static void tell(boolean dryRun, App app, Removals removals) {
    if (removals.objects().isEmpty()) {
      return;
    }
    LOG.info(
        "{} {} objects of {}, {} bytes",
        dryRun ? "would remove" : "removed",
        removals.objects().size(),
        app.path(),
        removals.bytes());
    for (Removal removal : removals.objects()) {
      if (dryRun) {
        LOG.info("would remove {} ({})", removal.key(), removal.reason().word());
      } else {
        LOG.debug("removed {} ({})", removal.key(), removal.reason().word());
      }
    }
  }
}
