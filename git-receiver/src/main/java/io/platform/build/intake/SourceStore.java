package io.platform.build.intake;

import io.platform.domain.App;
import io.platform.domain.BuildId;
import io.platform.domain.ObjectKeys;
import io.platform.domain.Sha256;
import io.platform.domain.Source;
import io.platform.domain.SourceFormat;
import io.platform.domain.StoredObject;
import io.platform.slug.SteadyClock;
import io.platform.storage.ObjectInfo;
import io.platform.storage.ObjectStore;
import java.io.IOException;
import java.time.Duration;

/** Stores the sources of builds; waits a limited time for an object store that does not answer. */
public final class SourceStore {
  private final ObjectStore objects;
  private final ObjectKeys keys;
  private final Duration retryTime;

  /**
   * Stores into this object store.
   *
   * @param retryTime how long an object store that does not answer is waited for
   */
  public SourceStore(ObjectStore objects, ObjectKeys keys, Duration retryTime) {
    this.objects = objects;
    this.keys = keys;
    this.retryTime = retryTime;
  }

  <R extends Exception> Source store(App app, BuildId build, SourceWriter<R> writer)
      throws IOException, InterruptedException, R {
    String key = keys.source(app, build);
    StoreOutage outage = new StoreOutage(retryTime, SteadyClock.system(), writer.log());
    while (true) {
      try {
        Source stored = write(key, writer);
        outage.over();
        return stored;
      } catch (StoreFailed e) {
        outage.await(e);
      }
    }
  }

  private <R extends Exception> Source write(String key, SourceWriter<R> writer)
      throws IOException, R {
    try (SourceObject out = new SourceObject(objects, key)) {
      SourceFormat format = writer.write(out);
      ObjectInfo stored = out.commit();
      return new Source(
          new StoredObject(key, stored.size(), new Sha256(stored.sha256Hex())), format);
    }
  }
}
