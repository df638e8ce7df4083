package io.platform.buildlog;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Measures how far each follower of a log is behind. */
public final class FollowerLag {
  private final Set<Follower> followers = ConcurrentHashMap.newKeySet();

  /** One who follows a log, until closed. */
  final class Follower implements AutoCloseable {
    private volatile long bytes;

    void behind(long behind) {
      bytes = behind;
    }

    @Override
    public void close() {
      followers.remove(this);
    }
  }

  Follower begin() {
    Follower follower = new Follower();
    followers.add(follower);
    return follower;
  }

  /** How many follow a log now. */
  public int followers() {
    return followers.size();
  }

  /** Bytes of log that were written, and that the slowest follower was not sent yet. */
  public long mostBytes() {
    return followers.stream().mapToLong(follower -> follower.bytes).max().orElse(0);
  }
}
