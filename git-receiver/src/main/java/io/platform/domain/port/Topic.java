package io.platform.domain.port;

import io.platform.domain.AppId;
import io.platform.domain.BuildId;
import java.util.Optional;

/** The topic of a signal. Signals carry no data: who gets one reads the database. */
public sealed interface Topic {
  /** A build's row or log changed. */
  record BuildChanged(BuildId build) implements Topic {}

  /** An app's row, releases or routes changed: the deployer looks again. */
  record AppChanged(AppId app) implements Topic {}

  /** Signals were lost, so that anything may have changed: everybody looks again. */
  record Anything() implements Topic {}

  /** As a line of text, for those in other processes: {@code build 0k3…}. */
  default String line() {
    return switch (this) {
      case BuildChanged(BuildId build) -> "build " + build.value();
      case AppChanged(AppId app) -> "app " + app.value();
      case Anything() -> "anything";
    };
  }

  /** What {@link #line} made; nothing where it is of another kind. */
  static Optional<Topic> ofLine(String line) {
    if (line.equals("anything")) {
      return Optional.of(new Anything());
    }
    String[] parts = line.split(" ", -1);
    if (parts.length != 2 || parts[1].isEmpty()) {
      return Optional.empty();
    }
    return switch (parts[0]) {
      case "build" -> Optional.of(new BuildChanged(new BuildId(parts[1])));
      case "app" -> Optional.of(new AppChanged(new AppId(parts[1])));
      default -> Optional.empty();
    };
  }
}
