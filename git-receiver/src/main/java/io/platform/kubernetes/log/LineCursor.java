package io.platform.kubernetes.log;

import java.time.Instant;
import java.util.Optional;

/**
 * A position in the log of a container: the time of the last line that was read, and how many lines
 * had that time. Kubernetes can only be asked for lines from a whole second on, so that lines come
 * again.
 */
final class LineCursor {
  private Optional<Instant> last = Optional.empty();
  private int atLast;
  private int repeated;

  /** From when on lines are to be asked for. */
  Optional<Instant> since() {
    return last;
  }

  /** Before lines come that may have come before. */
  void begin() {
    repeated = 0;
  }

  /** Whether the line has not been read yet; it is from now on. */
  boolean isNew(Instant at) {
    if (last.isPresent()) {
      int order = at.compareTo(last.get());
      if (order < 0) {
        return false;
      }
      if (order == 0 && repeated < atLast) {
        repeated++;
        return false;
      }
      if (order == 0) {
        atLast++;
        repeated++;
        return true;
      }
    }
    last = Optional.of(at);
    atLast = 1;
    repeated = 1;
    return true;
  }
}
