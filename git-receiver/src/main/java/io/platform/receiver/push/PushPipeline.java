package io.platform.receiver.push;

import io.platform.app.Build;
import io.platform.app.BuildEnd;
import io.platform.app.Builds.BuildInProgress;
import io.platform.app.InstanceId;
import io.platform.app.LogFollower;
import io.platform.app.ObjectKeys;
import io.platform.app.Sha256;
import io.platform.app.StoredObject;
import io.platform.app.Stores;
import io.platform.receiver.build.Supervisor;
import io.platform.receiver.repo.Repositories;
import io.platform.receiver.source.SourceArchive;
import io.platform.receiver.source.SourceFaultsException;
import io.platform.receiver.source.SourceLimits;
import io.platform.slug.SteadyClock;
import io.platform.storage.ObjectInfo;
import io.platform.storage.ObjectStore;
import io.platform.storage.StoreException;
import io.platform.web.FullDisk;
import io.platform.web.ReadOnlyStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a push of the deploy branch into an accepted build, and tells the pusher what becomes of
 * it.
 */
public final class PushPipeline {
  private static final Logger LOG = LoggerFactory.getLogger(PushPipeline.class);

  /** Between attempts to write the end of a build, while the database takes no writes. */
  private static final Duration RETRY = Duration.ofSeconds(5);

  private static final int WAITING = 1000;

  private final Parts parts;
  private final PushLimits limits;
  private final InstanceId instance;
  private final Clock clock;
  private final GitThreads archivers;

  /** Receives for this instance. */
  public PushPipeline(Parts parts, PushLimits limits, InstanceId instance, Clock clock) {
    this.parts = parts;
    this.limits = limits;
    this.instance = instance;
    this.clock = clock;
    this.archivers =
        new GitThreads("archive", limits.concurrentReceives(), WAITING, limits.buildTime());
  }

  /** What the pipeline works with. */
  public record Parts(
      Stores stores,
      LogFollower follower,
      Repositories repositories,
      ObjectStore objects,
      ObjectKeys keys,
      Supervisor supervisor) {}

  /** From quarantine to the build's end; the command has its result after it. */
  void receive(Deployment deployment) {
    Optional<Build> opened = open(deployment);
    if (opened.isEmpty()) {
      return;
    }
    Build build = opened.get();
    BuildConsole console =
        new BuildConsole(build.id(), parts.stores().log(), parts.follower(), deployment.push());
    PushLog log = new PushWording(console);
    boolean stopped = false;
    try {
      announce(deployment, build, log);
      StoredObject source = archive(deployment, build, log);
      settleBranch(deployment);
      promoteAndPin(deployment, build);
      accept(build, source);
      log.followable(build);
      supervise(build);
    } catch (Exception | Error e) {
      stopped = e instanceof InterruptedException;
      record(build, e);
      if (!abandon(deployment, build, explain(deployment, build, console, e))) {
        deployment.declined();
        return;
      }
    }
    follow(deployment, build, console);
    if (stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<Build> open(Deployment deployment) {
    try {
      return Optional.of(
          parts
              .stores()
              .builds()
              .open(deployment.push().app().id(), deployment.origin(), instance));
    } catch (BuildInProgress e) {
      Duration since = Duration.between(e.running().createdAt(), clock.instant());
      deployment.toPusher().buildRuns(e.running(), since);
      deployment.declined();
      return Optional.empty();
    }
  }

  private static void announce(Deployment deployment, Build build, PushLog log) {
    String branch = RefRules.brief(deployment.origin().ref());
    log.received(build, branch, deployment.origin().commit());
    if (deployment.drops()) {
      log.forced(branch, deployment.origin().oldCommit());
    }
  }

  /** Only now, so that nothing stays in the repository of a push whose source was not stored. */
  private void promoteAndPin(Deployment deployment, Build build) throws IOException {
    deployment.push().quarantine().promote();
    parts.repositories().pin(deployment.push().app(), build.id(), deployment.origin().commit());
  }

  private StoredObject archive(Deployment deployment, Build build, PushLog log)
      throws IOException, SourceRefused, InterruptedException {
    StoreOutage outage = new StoreOutage(limits.times().storePatience(), SteadyClock.system(), log);
    while (true) {
      try {
        StoredObject stored = writeSource(deployment, build, log);
        outage.over();
        return stored;
      } catch (StoreFailed e) {
        outage.await(e);
      }
    }
  }

  private StoredObject writeSource(Deployment deployment, Build build, PushLog log)
      throws IOException, SourceRefused {
    Repository repository = deployment.push().quarantine().repository();
    String key = parts.keys().source(deployment.push().app(), build.id());
    try (SourceObject out = new SourceObject(parts.objects(), key, deployment.push().deadline())) {
      SourceArchive archive =
          new SourceArchive(repository, SourceLimits.withBytes(limits.checkoutBytes()));
      SourceArchive.Written written = archivers.call(() -> archive.write(deployment.commit(), out));
      ObjectInfo stored = out.commit();
      log.stored(written.files(), written.bytes());
      return new StoredObject(key, stored.size(), new Sha256(stored.sha256Hex()));
    } catch (SourceFaultsException e) {
      throw new SourceRefused(told -> told.sourceRefused(e.faults()));
    }
  }

  private void settleBranch(Deployment deployment) throws SourceRefused {
    String pushed = deployment.origin().ref();
    String settled = parts.stores().apps().settleDeployBranch(deployment.push().app().id(), pushed);
    if (!settled.equals(pushed)) {
      throw new SourceRefused(
          log -> log.branchNotBuilt(RefRules.brief(pushed), RefRules.brief(settled)));
    }
  }

  private void accept(Build build, StoredObject source) {
    parts.stores().builds().accept(build.id(), source, clock.instant().plus(limits.buildTime()));
  }

  private void supervise(Build build) {
    parts.supervisor().supervise(build.id());
  }

  /** A full store or disk is the operator's to mend, and a stack trace says nothing of it. */
  private static void record(Build build, Throwable cause) {
    switch (cause) {
      case SourceRefused refused -> LOG.debug("build {} was refused", build.id());
      case PushTooLong late -> LOG.info("build {} was not accepted in time", build.id());
      case InterruptedException stop ->
          LOG.info("build {} was not accepted before the stop", build.id());
      case StoreFailed failed when failed.full() || StoreException.isUnavailable(failed) ->
          LOG.error(
              "the source of build {} was not stored: {}",
              build.id(),
              String.valueOf(failed.getCause()));
      case Throwable full when FullDisk.caused(full) ->
          LOG.error("build {} was not accepted: the disk is full: {}", build.id(), full.toString());
      case Throwable failed when ReadOnlyStore.caused(failed) ->
          LOG.error(
              "build {} was not accepted: the disk fails or is read-only: {}",
              build.id(),
              failed.toString());
      default -> LOG.error("build {} failed before it was accepted", build.id(), cause);
    }
  }

  /** Tells why a build is not accepted, in its log where that can be written; returns the words. */
  private String explain(
      Deployment deployment, Build build, BuildConsole console, Throwable cause) {
    Reason reason = new Reason(console);
    try {
      explain(build, cause, new PushWording(reason));
    } catch (RuntimeException e) {
      LOG.warn("the log of build {} does not say why it failed", build.id(), e);
      explain(build, cause, deployment.toPusher());
    }
    return reason.text();
  }

  private static void explain(Build build, Throwable cause, PushLog log) {
    switch (cause) {
      case SourceRefused refused -> refused.tell(log);
      case InterruptedException stop -> log.notReceived();
      case PushTooLong late -> log.tooLong(late.limit());
      case StoreFailed failed when failed.full() -> log.storeFull();
      case StoreFailed failed -> log.notStored(build.id().value());
      case Throwable full when FullDisk.caused(full) -> log.diskFull();
      case Throwable failed when ReadOnlyStore.caused(failed) -> log.diskNotWritable();
      default -> log.failed(build.id().value());
    }
  }

  /**
   * Ends a build that nobody drives, so that the app's lock is free and the log closed. Where that
   * cannot be written now it is written as soon as it can be, or at the next start.
   *
   * @return whether it is written
   */
  private boolean abandon(Deployment deployment, Build build, String why) {
    try {
      close(deployment, build, why);
      return true;
    } catch (RuntimeException e) {
      LOG.error("build {} could not be ended; that is tried again", build.id(), e);
      Thread.ofVirtual()
          .name("abandon-" + build.id())
          .start(() -> closeAtLast(deployment, build, why));
      return false;
    }
  }

  private void closeAtLast(Deployment deployment, Build build, String why) {
    try {
      for (boolean closed = false; !closed; ) {
        Thread.sleep(RETRY);
        try {
          close(deployment, build, why);
          closed = true;
        } catch (RuntimeException e) {
          LOG.debug("build {} could still not be ended", build.id(), e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void close(Deployment deployment, Build build, String why) {
    deployment.push().quarantine().discard();
    parts.stores().builds().end(build.id(), new BuildEnd.Failed(Optional.empty(), why));
    unpin(deployment, build);
    parts.stores().builds().settle(build.id(), new Build.Outcome(false, why));
  }

  private void unpin(Deployment deployment, Build build) {
    try {
      parts.repositories().unpin(deployment.push().app(), build.id());
    } catch (IOException e) {
      LOG.warn("the commit of build {} stays pinned", build.id(), e);
    }
  }

  private void follow(Deployment deployment, Build build, BuildConsole console) {
    boolean stopped = false;
    try {
      console.follow();
    } catch (PushTooLong e) {
      deployment.toPusher().followedTooLong(build, e.limit());
    } catch (IOException e) {
      LOG.debug("nobody follows build {} any more", build.id(), e);
    } catch (InterruptedException e) {
      stopped = true;
      deployment.toPusher().interrupted();
    }
    if (stopped || !isDeployed(build)) {
      deployment.declined();
    } else {
      deployment.deployed();
    }
    if (stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isDeployed(Build build) {
    return parts
        .stores()
        .builds()
        .find(build.id())
        .flatMap(Build::outcome)
        .filter(Build.Outcome::deployed)
        .isPresent();
  }
}
