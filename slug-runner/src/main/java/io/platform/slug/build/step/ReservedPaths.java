package io.platform.slug.build.step;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.platform.slug.build.failure.BuildFailure;
import io.platform.slug.build.failure.BuildFailureMessages;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The paths in the app's directory into which buildpacks write. An app that has something there
 * would lose it, or break the buildpack, so it is refused.
 */
public final class ReservedPaths {
  private static final String RUNTIME = ".platform-runtime";
  private static final String PROFILES = ".profile.d";
  private static final String PROFILE = PROFILES + "/0-platform-runtime.sh";

  private ReservedPaths() {}

  public static void check(Path build) throws BuildFailure {
    for (String path : new String[] {RUNTIME, PROFILE}) {
      if (Files.exists(build.resolve(path), NOFOLLOW_LINKS)) {
        throw BuildFailureMessages.reservedPath(path, "which the platform needs for itself");
      }
    }
    Path profiles = build.resolve(PROFILES);
    if (Files.exists(profiles, NOFOLLOW_LINKS) && !Files.isDirectory(profiles, NOFOLLOW_LINKS)) {
      throw BuildFailureMessages.reservedPath(
          PROFILES, "which must be a directory: its *.sh are sourced before the app starts");
    }
  }
}
