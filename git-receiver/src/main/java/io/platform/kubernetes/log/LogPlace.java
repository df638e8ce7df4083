package io.platform.kubernetes.log;

import io.platform.domain.LogPosition;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * A place in the log of an app: after so many lines of a time. As text it is {@code
 * SECONDS.NANOSECONDS.LINES}.
 */
record LogPlace(Instant at, int lines) {
  LogPosition position() {
    return new LogPosition("%d.%d.%d".formatted(at.getEpochSecond(), at.getNano(), lines));
  }

  static LogPlace of(LogPosition position) throws IOException {
    String[] parts = position.text().split("\\.", -1);
    try {
      if (parts.length == 3) {
        return new LogPlace(
            Instant.ofEpochSecond(Long.parseLong(parts[0]), Integer.parseInt(parts[1])),
            Integer.parseInt(parts[2]));
      }
    } catch (NumberFormatException | DateTimeException e) {
      throw new IOException("%s is no place in a log on Kubernetes".formatted(position), e);
    }
    throw new IOException("%s is no place in a log on Kubernetes".formatted(position));
  }
}
