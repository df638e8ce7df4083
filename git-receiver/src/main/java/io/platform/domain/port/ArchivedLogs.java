package io.platform.domain.port;

import java.io.IOException;
import java.io.InputStream;

/** Opens the logs that have become objects. */
@FunctionalInterface
public interface ArchivedLogs {
  /** The object from a byte offset on. */
  InputStream open(String key, long from) throws IOException;
}
