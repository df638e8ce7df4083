package io.platform.git.http.fetch;

import io.platform.git.repository.ObjectCount;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Repository;

/**
 * Limits the heap that all fetches use together. What is sent is found first, and each object that
 * the repository has may take a place in memory meanwhile: each fetch reserves for all of them
 * before it begins. Where a repository has more than there is room for at all, its fetch gets the
 * whole, and is ended where that is not enough.
 */
final class FetchMemory {
  /** JGit's object, its place in the pack, and in the tables of both. */
  static final int BYTES_EACH = 250;

  private static final int UNIT = 1024;

  /** What a fetch takes in any case: buffers, and the trees that it walks through. */
  private static final long FIXED = 1024 * 1024;

  private final int units;
  private final Semaphore free;
  private final Duration maxWait;

  /**
   * All of it is free.
   *
   * @param bytes for all fetches together
   * @param maxWait how long one waits for others to end
   */
  FetchMemory(long bytes, Duration maxWait) {
    this.units = Math.toIntExact(Math.ceilDiv(bytes, UNIT));
    this.free = new Semaphore(units, true);
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
    private final int taken;

    private Reserved(int taken) {
      this.taken = taken;
    }

    /** How many objects may be held: more than the repository has where there is room for all. */
    long objects() {
      return taken < units ? Long.MAX_VALUE : (long) taken * UNIT / BYTES_EACH;
    }

    @Override
    public void close() {
      free.release(taken);
    }
  }

  /**
   * Reserves for a fetch from a repository.
   *
   * @throws InUse where others do not end in time
   */
  Reserved reserve(Repository repository) throws IOException {
    long needed = FIXED + BYTES_EACH * ObjectCount.of(repository);
    int taken = (int) Math.min(units, Math.ceilDiv(needed, UNIT));
    try {
      if (!free.tryAcquire(taken, maxWait.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new InUse();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for memory");
    }
    return new Reserved(taken);
  }
}
