package io.platform.build.maintenance;

import io.platform.build.StoredBuilds;
import io.platform.buildlog.LogFollower;
import io.platform.domain.App;
import io.platform.domain.Build;
import io.platform.domain.port.Apps;
import io.platform.domain.port.BuildLogs;
import io.platform.domain.port.Builds;
import io.platform.domain.port.LogSink;
import io.platform.storage.ObjectWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Turns the rows of closed logs into objects, byte for byte. */
public final class LogArchiver {
  private final Apps apps;
  private final Builds builds;
  private final BuildLogs logs;
  private final StoredBuilds objects;
  private final LogFollower follower;

  /** Stores what this follower reads. */
  public LogArchiver(
      Apps apps, Builds builds, BuildLogs logs, StoredBuilds objects, LogFollower follower) {
    this.apps = apps;
    this.builds = builds;
    this.logs = logs;
    this.objects = objects;
    this.follower = follower;
  }

  /** The builds that were settled before this time and whose logs are still rows. */
  public List<Build> due(Instant settledBefore) {
    return builds.unarchived(settledBefore);
  }

  /** Archives the log of a settled build, unless its app is being destroyed; repeatable. */
  public void archive(Build build) throws IOException {
    Optional<App> app = apps.find(build.app()).filter(a -> a.status() == App.Status.ACTIVE);
    if (app.isPresent()) {
      archive(app.get(), build);
    }
  }

  private void archive(App app, Build build) throws IOException {
    String key;
    try (ObjectWriter object = objects.createLog(app, build.id())) {
      follower.copy(build.id(), 0, writingTo(object));
      key = object.commit().key();
    }
    logs.archived(build.id(), key);
  }

  private static LogSink writingTo(OutputStream out) {
    return new LogSink() {
      @Override
      public void text(byte[] text, long next) throws IOException {
        out.write(text);
      }

      @Override
      public void idle() {}
    };
  }
}
