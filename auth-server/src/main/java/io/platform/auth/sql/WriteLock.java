package io.platform.auth.sql;

import org.jdbi.v3.core.Handle;

/** Makes writers wait for each other where the database's transactions alone do not. */
final class WriteLock {

  private WriteLock() {}

  /** Takes it until the end of the transaction. */
  static void take(Handle handle) {
    handle.execute("update installation set writes = writes + 1 where id = 1");
  }
}
