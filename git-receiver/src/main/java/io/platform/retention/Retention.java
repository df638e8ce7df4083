package io.platform.retention;

import io.platform.domain.App;
import io.platform.domain.ObjectKeys;
import io.platform.domain.RetainedObjects;
import io.platform.domain.RetentionLimits;
import io.platform.domain.port.Apps;
import io.platform.domain.port.Builds;
import io.platform.storage.ObjectInfo;
import io.platform.storage.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * Removes what is not kept of an app, in three steps: its objects are listed; one transaction
 * decides what stays, after which nothing can refer to the rest again; the rest is deleted. No lock
 * is held while the store is spoken to, and a kill anywhere is repaired by the next run.
 */
public final class Retention {
  private static final int AT_ONCE = 500;

  private final RetentionConfig config;
  private final Apps apps;
  private final Builds builds;
  private final ObjectStore objects;
  private final ObjectKeys keys;
  private final InstantSource clock;

  /** Over these stores. */
  public Retention(
      RetentionConfig config, Apps apps, Builds builds, ObjectStore objects, ObjectKeys keys) {
    this(config, apps, builds, objects, keys, InstantSource.system());
  }

  Retention(
      RetentionConfig config,
      Apps apps,
      Builds builds,
      ObjectStore objects,
      ObjectKeys keys,
      InstantSource clock) {
    this.config = config;
    this.apps = apps;
    this.builds = builds;
    this.objects = objects;
    this.keys = keys;
    this.clock = clock;
  }

  /** How much is kept. */
  public RetentionLimits limits() {
    return config.limits();
  }

  /** What would go with these limits; changes nothing. */
  public Removals plan(App app, RetentionLimits limits) throws IOException {
    return plan(app, listed(app), limits);
  }

  /** Removes what is not kept, and tells what that was. */
  public Removals run(App app) throws IOException {
    return run(app, listed(app));
  }

  private List<ObjectInfo> listed(App app) throws IOException {
    try (Stream<ObjectInfo> all = objects.list(keys.app(app))) {
      return all.toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  Removals plan(App app, List<ObjectInfo> listed, RetentionLimits limits) {
    return sorted(app, listed, apps.wouldKeep(app.id(), limits));
  }

  Removals run(App app, List<ObjectInfo> listed) throws IOException {
    Removals removals = sorted(app, listed, apps.keep(app.id(), config.limits()));
    delete(removals.objects().stream().map(Removal::key).toList());
    return removals;
  }

  private Removals sorted(App app, List<ObjectInfo> listed, RetainedObjects retained) {
    return new RetentionPlan(builds, app, keys.app(app), retained, orphansBefore()).of(listed);
  }

  void delete(List<String> gone) throws IOException {
    for (int from = 0; from < gone.size(); from += AT_ONCE) {
      objects.delete(gone.subList(from, Math.min(from + AT_ONCE, gone.size())));
    }
  }

  Instant orphansBefore() {
    return clock.instant().minus(config.orphanAge());
  }
}
