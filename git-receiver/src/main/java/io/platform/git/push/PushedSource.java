package io.platform.git.push;

import io.platform.build.intake.SourceWriter;
import io.platform.build.intake.StoreFailed;
import io.platform.buildlog.BuildLog;
import io.platform.buildlog.BuildLogMessages;
import io.platform.commons.disk.DiskFault;
import io.platform.domain.Build;
import io.platform.domain.BuildFailureCause;
import io.platform.domain.SourceFormat;
import io.platform.domain.port.Apps;
import io.platform.git.concurrency.GitThreads;
import io.platform.git.lfs.LfsObjects;
import io.platform.git.push.refusal.PushRefusal;
import io.platform.git.repository.Repositories;
import io.platform.git.source.ArchivedSource;
import io.platform.git.source.LfsContents;
import io.platform.git.source.SourceArchive;
import io.platform.git.source.SourceFaultsException;
import io.platform.git.source.SourceLimits;
import io.platform.storage.StoreException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the pushed tree as a build's source, and reports on it in the build's log. */
final class PushedSource implements SourceWriter<SourceRefused> {
  private static final Logger LOG = LoggerFactory.getLogger(PushedSource.class);

  private final DeployCommand deploy;
  private final Build build;
  private final BuildConsole console;
  private final BuildLog log;
  private final Archiver archiver;
  private final Apps apps;
  private final Repositories repositories;
  private Optional<ArchivedSource> archived = Optional.empty();

  PushedSource(
      DeployCommand deploy,
      Build build,
      BuildConsole console,
      Archiver archiver,
      Apps apps,
      Repositories repositories) {
    this.deploy = deploy;
    this.build = build;
    this.console = console;
    this.log = new BuildLogMessages(build.id(), console);
    this.archiver = archiver;
    this.apps = apps;
    this.repositories = repositories;
  }

  /** What is needed to archive trees: threads, limits, and the contents of Git LFS files. */
  record Archiver(GitThreads threads, SourceLimits limits, LfsObjects lfs) {}

  @Override
  public BuildLog log() {
    return log;
  }

  /** The console on which the pusher sees the build. */
  BuildConsole console() {
    return console;
  }

  @Override
  public void begin() {
    String branch = RefRules.brief(deploy.origin().ref());
    log.received(branch, deploy.origin().commit());
    if (deploy.drops()) {
      log.forced(branch, deploy.origin().oldCommit());
    }
  }

  @Override
  public SourceFormat write(OutputStream out) throws IOException, SourceRefused {
    Repository repository = deploy.push().quarantine().repository();
    LfsContents lfs = new StoredLfsContents(archiver.lfs(), deploy.push().app());
    SourceArchive archive = new SourceArchive(repository, archiver.limits(), lfs);
    try {
      archived =
          Optional.of(
              archiver
                  .threads()
                  .call(() -> archive.write(deploy.commit(), new DeadlineOutput(out))));
      return SourceFormat.TAR_ZST;
    } catch (SourceFaultsException e) {
      throw new SourceRefused(new BuildFailureCause.SourceFaulty(e.faults()));
    }
  }

  /** Ends at the push's deadline. */
  private final class DeadlineOutput extends FilterOutputStream {
    private DeadlineOutput(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      deploy.push().deadline().check();
      out.write(bytes, offset, length);
    }
  }

  /**
   * Objects leave the quarantine only now, so that nothing stays in the repository of a push whose
   * source was not stored.
   */
  @Override
  public void stored() throws IOException, SourceRefused {
    archived.ifPresent(written -> log.stored(written.files(), written.bytes()));
    settleBranch();
    deploy.push().quarantine().promote();
    repositories.pin(deploy.push().app(), build.id(), deploy.origin().commit());
  }

  private void settleBranch() throws SourceRefused {
    String pushed = deploy.origin().ref();
    String settled = apps.settleDeployBranch(deploy.push().app().id(), pushed);
    if (!settled.equals(pushed)) {
      throw new SourceRefused(
          new BuildFailureCause.NotDeployBranch(RefRules.brief(pushed), RefRules.brief(settled)));
    }
  }

  @Override
  public BuildFailureCause notAccepted(Throwable cause) {
    record(build, cause);
    BuildFailureCause.NotAccepted why = why(build, cause);
    try {
      log.rejected(why);
    } catch (RuntimeException e) {
      LOG.warn("the log of build {} does not say why it failed", build.id(), e);
      deploy.toPusher().refused(new PushRefusal.NotAccepted(why));
    }
    return why;
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

  private static BuildFailureCause.NotAccepted why(Build build, Throwable cause) {
    return switch (cause) {
      case SourceRefused refused -> refused.why();
      case InterruptedException stop -> new BuildFailureCause.ServerStopped();
      case PushTooLong late -> new BuildFailureCause.PushTooLong(late.limit());
      case StoreFailed failed when failed.full() -> new BuildFailureCause.StoreFull();
      case StoreFailed failed -> new BuildFailureCause.SourceNotStored(build.id().value());
      case Throwable full when DiskFault.FULL.caused(full) -> new BuildFailureCause.DiskFull();
      case Throwable failed when DiskFault.NOT_WRITABLE.caused(failed) ->
          new BuildFailureCause.DiskNotWritable();
      default -> new BuildFailureCause.PlatformFailed(build.id().value());
    };
  }
}
