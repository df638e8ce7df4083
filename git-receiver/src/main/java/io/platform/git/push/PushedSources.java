package io.platform.git.push;

import io.platform.buildlog.LogFollower;
import io.platform.domain.Build;
import io.platform.domain.port.Apps;
import io.platform.domain.port.BuildLogs;
import io.platform.git.concurrency.GitThreads;
import io.platform.git.lfs.LfsObjects;
import io.platform.git.repository.Repositories;
import io.platform.git.source.SourceLimits;

/** Makes the source of each push's build, with the threads that all of them share. */
public final class PushedSources {
  private static final int WAITING = 1000;

  private final Apps apps;
  private final BuildLogs logs;
  private final LogFollower follower;
  private final Repositories repositories;
  private final PushedSource.Archiver archiver;

  /** Of pushes to these apps and repositories. */
  public PushedSources(
      Apps apps,
      BuildLogs logs,
      LogFollower follower,
      Repositories repositories,
      LfsObjects lfs,
      PushLimits limits) {
    this.apps = apps;
    this.logs = logs;
    this.follower = follower;
    this.repositories = repositories;
    this.archiver =
        new PushedSource.Archiver(
            new GitThreads("archive", limits.concurrentReceives(), WAITING, limits.buildTime()),
            SourceLimits.withBytes(limits.checkoutBytes()),
            lfs);
  }

  /** The threads that archive sources. */
  public GitThreads threads() {
    return archiver.threads();
  }

  PushedSource create(DeployCommand deploy, Build build) {
    return new PushedSource(
        deploy,
        build,
        new BuildConsole(build.id(), logs, follower, deploy.push()),
        archiver,
        apps,
        repositories);
  }
}
