package io.platform.git.http.fetch;

import io.platform.git.repository.ObjectCount;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Repository;

/**
 * Limits the heap that all fetches use together, and of it one user to a half. What is sent is
 * found first, and each object that the repository has may take a place in memory meanwhile: each
 * fetch reserves for all of them before it begins. Where a repository has more than one user has
 * room for, its fetch gets all of that, and is ended where that is not enough.
 */
final class FetchMemory {
  /** JGit's object, its place in the pack, and in the tables of both: 173 were measured. */
  private static final int BYTES_EACH = 250;

  /** What a fetch takes in any case: buffers, and the trees that it walks through. */
  private static final long FIXED = 1024 * 1024;

  private final long ofOneUser;
  private final Duration maxWait;
  private final Map<String, Long> users = new HashMap<>();
  private long free;

  /**
   * All of it is free.
   *
   * @param bytes for all fetches together
   * @param maxWait how long one waits for others to end
   */
  FetchMemory(long bytes, Duration maxWait) {
    this.free = bytes;
    this.ofOneUser = Math.ceilDiv(bytes, 2);
    this.maxWait = maxWait;
  }

  /** Other fetches hold the memory. */
  static final class InUse extends IOException {
    private static final long serialVersionUID = 1L;

    InUse() {
      super("other fetches hold the memory");
    }
  }

  /** Memory for one fetch. */
  final class Reserved implements AutoCloseable {
    private final String user;
    private final long bytes;

    private Reserved(String user, long bytes) {
      this.user = user;
      this.bytes = bytes;
    }

    /** How many objects may be held: more than the repository has where there is room for all. */
    long objects() {
      return bytes < ofOneUser ? Long.MAX_VALUE : bytes / BYTES_EACH;
    }

    @Override
    public void close() {
      take(user, -bytes);
    }
  }

  /**
   * Reserves for a user's fetch from a repository.
   *
   * @throws InUse where others do not end in time
   */
  Reserved reserve(String user, Repository repository) throws IOException {
    long needed = Math.min(ofOneUser, FIXED + BYTES_EACH * ObjectCount.of(repository));
    try {
      await(user, needed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for memory");
    }
    return new Reserved(user, needed);
  }

  private synchronized void await(String user, long needed) throws InUse, InterruptedException {
    long end = System.nanoTime() + maxWait.toNanos();
    while (needed > free || needed > ofOneUser - users.getOrDefault(user, 0L)) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new InUse();
      }
      wait(left);
    }
    take(user, needed);
  }

  private synchronized void take(String user, long bytes) {
    free -= bytes;
    users.merge(user, bytes, (before, more) -> before + more == 0 ? null : before + more);
    notifyAll();
  }
}
