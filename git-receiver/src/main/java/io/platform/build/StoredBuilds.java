package io.platform.build;

import io.platform.domain.App;
import io.platform.domain.BuildId;
import io.platform.domain.ObjectKeys;
import io.platform.storage.ObjectStore;
import io.platform.storage.ObjectWriter;
import java.io.IOException;

/** The objects of builds, in the object store. */
public final class StoredBuilds {
  private final ObjectStore objects;
  private final ObjectKeys keys;

  /** In this store. */
  public StoredBuilds(ObjectStore objects, ObjectKeys keys) {
    this.objects = objects;
    this.keys = keys;
  }

  /** Begins to store the log of a build: the writer's commit tells its key. */
  public ObjectWriter createLog(App app, BuildId build) throws IOException {
    return objects.create(keys.log(app, build));
  }

  /** Deletes all that is stored of an app; a repeat does nothing. */
  public void delete(App app) throws IOException {
    objects.deleteAll(keys.app(app));
  }

  /** Deletes all that is stored of a build; a repeat does nothing. */
  public void delete(App app, BuildId build) throws IOException {
    objects.deleteAll(keys.build(app, build));
  }
}
