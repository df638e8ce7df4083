package io.platform.slug.build.step;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.platform.slug.build.failure.BuildFailure;
import io.platform.slug.build.failure.BuildFailureMessages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The paths in the app's directory into which buildpacks write. An app that has something there
 * would lose it, or break the buildpack, so it is refused.
 */
public final class ReservedPaths {
  private static final String RUNTIME = ".platform-runtime";
  private static final String PROFILES = ".profile.d";
  private static final List<String> OWN_PROFILES =
      List.of("0-platform-runtime.sh", "0-platform-static.sh");

  private ReservedPaths() {}

  public static void check(Path build) throws BuildFailure {
    refuse(build, RUNTIME);
    for (String profile : OWN_PROFILES) {
      refuse(build, PROFILES + "/" + profile);
    }
    Path profiles = build.resolve(PROFILES);
    if (Files.exists(profiles, NOFOLLOW_LINKS) && !Files.isDirectory(profiles, NOFOLLOW_LINKS)) {
      throw BuildFailureMessages.reservedPath(
          PROFILES, "which must be a directory: its *.sh are sourced before the app starts");
    }
  }

  private static void refuse(Path build, String path) throws BuildFailure {
    if (Files.exists(build.resolve(path), NOFOLLOW_LINKS)) {
      throw BuildFailureMessages.reservedPath(path, "which the platform needs for itself");
    }
  }
}
