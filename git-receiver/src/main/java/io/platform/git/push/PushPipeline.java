package io.platform.git.push;

import io.platform.build.LeaseRenewer;
import io.platform.build.Supervisor;
import io.platform.buildlog.BuildLog;
import io.platform.buildlog.BuildLogMessages;
import io.platform.buildlog.LogFollower;
import io.platform.commons.disk.DiskFault;
import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.BuildFailureCause;
import io.platform.domain.InstanceId;
import io.platform.domain.ObjectKeys;
import io.platform.domain.Sha256;
import io.platform.domain.Source;
import io.platform.domain.SourceFormat;
import io.platform.domain.StoredObject;
import io.platform.domain.port.Builds.BuildInProgress;
import io.platform.domain.port.Stores;
import io.platform.git.repository.Repositories;
import io.platform.git.source.ArchivedSource;
import io.platform.git.source.SourceArchive;
import io.platform.git.source.SourceFaultsException;
import io.platform.git.source.SourceLimits;
import io.platform.slug.SteadyClock;
import io.platform.storage.ObjectInfo;
import io.platform.storage.ObjectStore;
import io.platform.storage.StoreException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
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
      Supervisor supervisor,
      LeaseRenewer leases) {}

  /** The threads that archive sources. */
  public GitThreads archivers() {
    return archivers;
  }

  /**
   * From quarantine to the build's end.
   *
   * @return whether it is deployed, and the supervisor has moved the ref
   */
  boolean receive(DeployCommand deploy) {
    Optional<Build> opened = open(deploy);
    if (opened.isEmpty()) {
      return false;
    }
    Build build = opened.get();
    BuildConsole console =
        new BuildConsole(build.id(), parts.stores().log(), parts.follower(), deploy.push());
    BuildLog log = new BuildLogMessages(build.id(), console);
    boolean stopped = false;
    try {
      announce(deploy, log);
      store(deploy, build, log);
      log.followable();
      supervise(build);
    } catch (Exception | Error e) {
      stopped = e instanceof InterruptedException;
      record(build, e);
      String why = explain(deploy, build, log, e);
      boolean ended =
          parts
              .supervisor()
              .giveUp(build.id(), new BuildEnd.Failed(new BuildFailureCause.Told(why)));
      deploy.push().quarantine().discard();
      if (!ended) {
        return false;
      }
    }
    boolean deployed = follow(deploy, build, console);
    if (stopped) {
      Thread.currentThread().interrupt();
    }
    return deployed;
  }

  private void store(DeployCommand deploy, Build build, BuildLog log)
      throws IOException, SourceRefused, InterruptedException {
    try (LeaseRenewer.Renewal _ = parts.leases().keep(build.id())) {
      StoredObject source = archive(deploy, build, log);
      settleBranch(deploy);
      promoteAndPin(deploy, build);
      accept(build, new Source(source, SourceFormat.TAR_ZST));
    }
  }

  private Optional<Build> open(DeployCommand deploy) {
    try {
      return Optional.of(
          parts.stores().builds().open(deploy.push().app().id(), deploy.origin(), instance));
    } catch (BuildInProgress e) {
      Duration since = Duration.between(e.running().createdAt(), clock.instant());
      deploy.toPusher().refused(new ServerRefusal.BuildRuns(e.running(), since));
      return Optional.empty();
    }
  }

  private static void announce(DeployCommand deploy, BuildLog log) {
    String branch = RefRules.brief(deploy.origin().ref());
    log.received(branch, deploy.origin().commit());
    if (deploy.drops()) {
      log.forced(branch, deploy.origin().oldCommit());
    }
  }

  /** Only now, so that nothing stays in the repository of a push whose source was not stored. */
  private void promoteAndPin(DeployCommand deploy, Build build) throws IOException {
    deploy.push().quarantine().promote();
    parts.repositories().pin(deploy.push().app(), build.id(), deploy.origin().commit());
  }

  private StoredObject archive(DeployCommand deploy, Build build, BuildLog log)
      throws IOException, SourceRefused, InterruptedException {
    StoreOutage outage = new StoreOutage(limits.times().storePatience(), SteadyClock.system(), log);
    while (true) {
      try {
        StoredObject stored = writeSource(deploy, build, log);
        outage.over();
        return stored;
      } catch (StoreFailed e) {
        outage.await(e);
      }
    }
  }

  private StoredObject writeSource(DeployCommand deploy, Build build, BuildLog log)
      throws IOException, SourceRefused {
    Repository repository = deploy.push().quarantine().repository();
    String key = parts.keys().source(deploy.push().app(), build.id());
    try (SourceObject out = new SourceObject(parts.objects(), key, deploy.push().deadline())) {
      SourceArchive archive =
          new SourceArchive(repository, SourceLimits.withBytes(limits.checkoutBytes()));
      ArchivedSource written = archivers.call(() -> archive.write(deploy.commit(), out));
      ObjectInfo stored = out.commit();
      log.stored(written.files(), written.bytes());
      return new StoredObject(key, stored.size(), new Sha256(stored.sha256Hex()));
    } catch (SourceFaultsException e) {
      throw new SourceRefused(new PushRefusal.OfSource(e.faults()));
    }
  }

  private void settleBranch(DeployCommand deploy) throws SourceRefused {
    String pushed = deploy.origin().ref();
    String settled = parts.stores().apps().settleDeployBranch(deploy.push().app().id(), pushed);
    if (!settled.equals(pushed)) {
      throw new SourceRefused(
          new RefRefusal.NotDeployBranch(RefRules.brief(pushed), RefRules.brief(settled)));
    }
  }

  private void accept(Build build, Source source) {
    parts.stores().builds().accept(build.id(), source, clock.instant().plus(limits.buildTime()));
  }

  private void supervise(Build build) {
    parts.supervisor().supervise(build.id());
  }

  /** A full store or disk is the operator's to fix, and a stack trace says nothing of it. */
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
      case Throwable full when DiskFault.FULL.caused(full) ->
          LOG.error("build {} was not accepted: the disk is full: {}", build.id(), full.toString());
      case Throwable failed when DiskFault.NOT_WRITABLE.caused(failed) ->
          LOG.error(
              "build {} was not accepted: the disk fails or is read-only: {}",
              build.id(),
              failed.toString());
      default -> LOG.error("build {} failed before it was accepted", build.id(), cause);
    }
  }

  /** Tells why a build is not accepted, in its log where that can be written; returns the words. */
  private String explain(DeployCommand deploy, Build build, BuildLog log, Throwable cause) {
    PushRefusal why = refusal(build, cause);
    List<String> lines = PushRefusalMessages.lines(why);
    try {
      log.rejected(String.join("\n", lines));
    } catch (RuntimeException e) {
      LOG.warn("the log of build {} does not say why it failed", build.id(), e);
      deploy.toPusher().refused(why);
    }
    return String.join(" ", lines);
  }

  private static PushRefusal refusal(Build build, Throwable cause) {
    return switch (cause) {
      case SourceRefused refused -> refused.why();
      case InterruptedException stop -> new ServerRefusal.Stopping();
      case PushTooLong late -> new UploadRefusal.TooLong(late.limit());
      case StoreFailed failed when failed.full() -> new ServerRefusal.StoreFull();
      case StoreFailed failed -> new ServerRefusal.NotStored(build.id().value());
      case Throwable full when DiskFault.FULL.caused(full) -> new ServerRefusal.DiskFull();
      case Throwable failed when DiskFault.NOT_WRITABLE.caused(failed) ->
          new ServerRefusal.DiskNotWritable();
      default -> new ServerRefusal.Failed(build.id().value());
    };
  }

  /** Shows the pusher the build to its end, and tells whether it was deployed. */
  private boolean follow(DeployCommand deploy, Build build, BuildConsole console) {
    try {
      console.follow();
    } catch (PushTooLong e) {
      deploy.toPusher().followedTooLong(build, e.limit());
    } catch (IOException e) {
      LOG.debug("nobody follows build {} any more", build.id(), e);
    } catch (InterruptedException e) {
      deploy.toPusher().interrupted();
      Thread.currentThread().interrupt();
      return false;
    }
    return isDeployed(build);
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
