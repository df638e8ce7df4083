package io.platform.domain.port;

import io.platform.domain.StoredObject;
import java.io.IOException;
import java.util.Optional;

/** Tells what is stored under a key. */
@FunctionalInterface
public interface StoredObjects {
  /** The object, with its true size and digest; empty where there is none. */
  Optional<StoredObject> find(String key) throws IOException;
}
