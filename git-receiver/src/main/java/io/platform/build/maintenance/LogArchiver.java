package io.platform.build.maintenance;

import io.platform.buildlog.LogFollower;
import io.platform.domain.App;
import io.platform.domain.Build;
import io.platform.domain.ObjectKeys;
import io.platform.domain.port.LogSink;
import io.platform.domain.port.Stores;
import io.platform.storage.ObjectStore;
import io.platform.storage.ObjectWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Turns the rows of closed logs into objects, byte for byte. */
public final class LogArchiver {
  private final Stores stores;
  private final ObjectStore objects;
  private final ObjectKeys keys;
  private final LogFollower follower;

  /** Stores what this follower reads. */
  public LogArchiver(Stores stores, ObjectStore objects, ObjectKeys keys, LogFollower follower) {
    this.stores = stores;
    this.objects = objects;
    this.keys = keys;
    this.follower = follower;
  }

  /** The builds that were settled before this time and whose logs are still rows. */
  public List<Build> due(Instant settledBefore) {
    return stores.builds().unarchived(settledBefore);
  }

  /** Archives the log of a settled build, unless its app is being destroyed; repeatable. */
  public void archive(Build build) throws IOException {
    Optional<App> app =
        stores.apps().find(build.app()).filter(a -> a.status() == App.Status.ACTIVE);
    if (app.isPresent()) {
      archive(build, keys.log(app.get(), build.id()));
    }
  }

  private void archive(Build build, String key) throws IOException {
    try (ObjectWriter object = objects.create(key)) {
      follower.copy(build.id(), 0, writingTo(object));
      object.commit();
    }
    stores.log().archived(build.id(), key);
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
