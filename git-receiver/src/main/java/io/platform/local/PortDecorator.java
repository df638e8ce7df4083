package io.platform.local;

import io.platform.domain.port.AppRuntime;
import io.platform.domain.port.BuildRunner;
import io.platform.domain.port.Stores;
import io.platform.git.repository.Repositories;
import io.platform.storage.ObjectStore;

/**
 * Puts something around the ports as they are wired; the tests that kill a server between two
 * writes do.
 */
interface PortDecorator {
  /** As they are. */
  PortDecorator NONE = new PortDecorator() {};

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
