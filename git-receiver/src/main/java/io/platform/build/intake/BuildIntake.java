package io.platform.build.intake;

import io.platform.build.Supervisor;
import io.platform.build.recovery.LeaseRenewer;
import io.platform.domain.App;
import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.InstanceId;
import io.platform.domain.ObjectKeys;
import io.platform.domain.Origin;
import io.platform.domain.Sha256;
import io.platform.domain.Source;
import io.platform.domain.SourceFormat;
import io.platform.domain.StoredObject;
import io.platform.domain.port.Builds;
import io.platform.domain.port.Builds.BuildInProgress;
import io.platform.slug.SteadyClock;
import io.platform.storage.ObjectInfo;
import io.platform.storage.ObjectStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;

/**
 * The one way into a build, whoever sends its source: opens the build, stores the source, accepts
 * the build and has it supervised.
 */
public final class BuildIntake {
  private final Builds builds;
  private final ObjectStore objects;
  private final ObjectKeys keys;
  private final LeaseRenewer leases;
  private final Supervisor supervisor;
  private final IntakeLimits limits;
  private final InstanceId instance;
  private final Clock clock;

  /** Takes sources for this instance. */
  public BuildIntake(
      Builds builds,
      ObjectStore objects,
      ObjectKeys keys,
      LeaseRenewer leases,
      Supervisor supervisor,
      IntakeLimits limits,
      InstanceId instance,
      Clock clock) {
    this.builds = builds;
    this.objects = objects;
    this.keys = keys;
    this.leases = leases;
    this.supervisor = supervisor;
    this.limits = limits;
    this.instance = instance;
    this.clock = clock;
  }

  /** By when a push is ended whose receiver is gone, at the latest. */
  public Duration abandonedAfter() {
    return leases.noticedWithin();
  }

  /**
   * Makes an accepted build of a source. Where that fails, the build is ended.
   *
   * @param sender who sends the source, once the build is opened
   * @throws BuildInProgress where the app has a build that goes on; then there is no new one
   */
  public <R extends Exception, W extends SourceWriter<R>> IntakeResult<W> accept(
      App app, Origin origin, Function<Build, W> sender) throws BuildInProgress {
    Build build = builds.open(app.id(), origin, instance);
    W writer = sender.apply(build);
    try {
      writer.begin();
      store(app, build, writer);
      writer.log().followable();
      supervisor.supervise(build.id());
      return new IntakeResult.Accepted<>(build, writer);
    } catch (Exception | Error e) {
      boolean ended = supervisor.giveUp(build.id(), new BuildEnd.Failed(writer.notAccepted(e)));
      return new IntakeResult.NotAccepted<>(
          build, writer, ended, e instanceof InterruptedException);
    }
  }

  private <R extends Exception> void store(App app, Build build, SourceWriter<R> writer)
      throws IOException, InterruptedException, R {
    try (LeaseRenewer.Renewal _ = leases.keep(build.id())) {
      Source source = storedInTime(keys.source(app, build.id()), writer);
      writer.stored();
      builds.accept(build.id(), source, clock.instant().plus(limits.buildTime()));
    }
  }

  private <R extends Exception> Source storedInTime(String key, SourceWriter<R> writer)
      throws IOException, InterruptedException, R {
    StoreOutage outage =
        new StoreOutage(limits.storePatience(), SteadyClock.system(), writer.log());
    while (true) {
      try {
        Source stored = stored(key, writer);
        outage.over();
        return stored;
      } catch (StoreFailed e) {
        outage.await(e);
      }
    }
  }

  private <R extends Exception> Source stored(String key, SourceWriter<R> writer)
      throws IOException, R {
    try (SourceObject out = new SourceObject(objects, key)) {
      SourceFormat format = writer.write(out);
      ObjectInfo stored = out.commit();
      return new Source(
          new StoredObject(key, stored.size(), new Sha256(stored.sha256Hex())), format);
    }
  }
}
