package io.platform.git.http.lfs;

import io.platform.domain.Sha256;
import java.util.Map;

/** What an app may still store. */
final class LfsRoom {
  private final LfsLimits limits;
  private final Map<Sha256, Long> stored;
  private long bytes;
  private int count;

  /**
   * The room beside what is stored.
   *
   * @param stored sizes in bytes
   */
  LfsRoom(LfsLimits limits, Map<Sha256, Long> stored) {
    this.limits = limits;
    this.stored = stored;
    this.bytes = stored.values().stream().mapToLong(Long::longValue).sum();
    this.count = stored.size();
  }

  /**
   * Takes the room of a file.
   *
   * @throws LfsRefused where it does not fit
   */
  void take(Sha256 name, long size) throws LfsRefused {
    if (size > limits.objectBytes()) {
      throw new LfsRefused(new LfsRefusal.FileTooLarge(limits.objectBytes()));
    }
    if (stored.containsKey(name)) {
      return;
    }
    if (size > limits.appBytes() - bytes) {
      throw new LfsRefused(new LfsRefusal.AppTooLarge(limits.appBytes()));
    }
    if (count >= limits.appObjects()) {
      throw new LfsRefused(new LfsRefusal.TooManyFiles(limits.appObjects()));
    }
    bytes += size;
    count++;
  }
}
