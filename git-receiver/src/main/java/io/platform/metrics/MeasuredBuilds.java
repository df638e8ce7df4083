package io.platform.metrics;

import io.platform.domain.AppId;
import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.BuildId;
import io.platform.domain.InstanceId;
import io.platform.domain.Origin;
import io.platform.domain.Source;
import io.platform.domain.StoredObject;
import io.platform.domain.port.Builds;
import io.platform.metrics.BuildMeters.Step;
import io.platform.slug.SecretSeed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Measures builds as their rows change. A step is timed where this process saw its begin: of a
 * build that a restart interrupted, the steps after it.
 */
final class MeasuredBuilds implements Builds {
  private final Builds builds;
  private final BuildMeters meters;

  /** When the step began that each unsettled build is in, as far as this process saw it. */
  private final ConcurrentMap<BuildId, Began> began = new ConcurrentHashMap<>();

  private record Began(Step step, Instant at) {}

  MeasuredBuilds(Builds builds, BuildMeters meters) {
    this.builds = builds;
    this.meters = meters;
  }

  @Override
  public Build open(AppId app, Origin origin, InstanceId receiver) throws BuildInProgress {
    Build build = builds.open(app, origin, receiver);
    began.put(build.id(), new Began(Step.RECEIVE, Instant.now()));
    return build;
  }

  @Override
  public void renew(BuildId id) {
    builds.renew(id);
  }

  @Override
  public boolean endAbandoned(Build seen, BuildEnd.Failed end) {
    boolean ended = builds.endAbandoned(seen, end);
    if (ended) {
      meters.end(end.status());
    }
    return ended;
  }

  @Override
  public void accept(BuildId id, Source source, Instant deadline) {
    builds.accept(id, source, deadline);
    next(id, Step.RECEIVE, Step.QUEUE);
  }

  @Override
  public void running(BuildId id) {
    builds.running(id);
    next(id, Step.QUEUE, Step.BUILD);
  }

  private void next(BuildId id, Step from, Step to) {
    began.computeIfPresent(
        id,
        (key, now) -> {
          if (now.step() != from) {
            return now;
          }
          Began next = new Began(to, Instant.now());
          meters.time(from, Duration.between(now.at(), next.at()));
          return next;
        });
  }

  @Override
  public Ended end(BuildId id, BuildEnd end) {
    Ended ended = builds.end(id, end);
    if (ended.first()) {
      meters.end(ended.build().status());
    }
    return ended;
  }

  /** The end may have been written by another process; the row says when that was. */
  @Override
  public void settle(BuildId id, Build.Outcome outcome) {
    builds.settle(id, outcome);
    Began last = began.remove(id);
    if (last == null || last.step() != Step.BUILD) {
      return;
    }
    builds
        .find(id)
        .flatMap(Build::endedAt)
        .ifPresent(ended -> {
          meters.time(Step.BUILD, Duration.between(last.at(), ended));
          meters.time(Step.ROLLOUT, Duration.between(ended, Instant.now()));
        });
  }

  @Override
  public void extend(BuildId id, Instant deadline) {
    builds.extend(id, deadline);
  }

  @Override
  public Optional<Build> find(BuildId id) {
    return builds.find(id);
  }

  @Override
  public List<Build> list(AppId app, int limit) {
    return builds.list(app, limit);
  }

  @Override
  public Optional<Build> unsettled(AppId app) {
    return builds.unsettled(app);
  }

  @Override
  public List<Build> unsettled() {
    return builds.unsettled();
  }

  @Override
  public List<Build> unarchived(Instant before) {
    return builds.unarchived(before);
  }

  @Override
  public Optional<StoredObject> cache(AppId app) {
    return builds.cache(app);
  }

  @Override
  public SecretSeed secretSeed(BuildId id) {
    return builds.secretSeed(id);
  }

  @Override
  public Optional<StoredObject> forgetCache(AppId app) {
    return builds.forgetCache(app);
  }
}
