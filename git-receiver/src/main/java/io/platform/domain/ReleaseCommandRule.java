package io.platform.domain;

import io.platform.slug.ProcessTypes;
import java.util.Optional;

/** Which commands a release has. */
public final class ReleaseCommandRule {
  private ReleaseCommandRule() {}

  /** The shell command that a release of an app has of a kind. */
  public static Optional<String> command(ReleaseCommandKind kind, App app, Release release) {
    return switch (kind) {
      case PREDEPLOY -> release.appJson().scripts().predeploy();
      case RELEASE -> release.processTypes().command(ProcessTypes.RELEASE);
      case FIRST_POSTDEPLOY ->
          release.appJson().scripts().firstPostdeploy().filter(any -> app.live().isEmpty());
      case POSTDEPLOY -> release.appJson().scripts().postdeploy();
    };
  }
}
