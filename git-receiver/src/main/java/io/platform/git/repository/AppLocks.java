package io.platform.git.repository;

import io.platform.domain.AppId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * One lock per app's repository: whoever adds objects or moves refs shares it, whoever removes
 * objects has it alone. The lone holder never queues for it: a queued one would keep newcomers out
 * for as long as a push follows its build.
 */
final class AppLocks {
  private final ConcurrentMap<AppId, ReadWriteLock> locks = new ConcurrentHashMap<>();

  ReadWriteLock of(AppId app) {
    return locks.computeIfAbsent(app, id -> new ReentrantReadWriteLock());
  }
}
