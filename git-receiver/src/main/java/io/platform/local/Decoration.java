package io.platform.local;

import io.platform.app.AppRuntime;
import io.platform.app.BuildRunner;
import io.platform.app.Stores;
import io.platform.receiver.repo.Repositories;
import io.platform.storage.ObjectStore;

/**
 * Puts something around the ports as they are wired; the tests that kill a server between two
 * writes do.
 */
interface Decoration {
  /** As they are. */
  Decoration NONE = new Decoration() {};

  default Stores stores(Stores stores) {
    return stores;
  }

  default ObjectStore objects(ObjectStore objects) {
    return objects;
  }

  default Repositories repositories(Repositories repositories) {
    return repositories;
  }

  default BuildRunner builds(BuildRunner runner) {
    return runner;
  }

  default AppRuntime apps(AppRuntime runtime) {
    return runtime;
  }
}
