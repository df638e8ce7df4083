package io.platform.slug.build.buildpack;

import io.platform.commons.file.Directories;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The directories of a build. All of it is emptied before a build, so that none sees what another
 * left.
 *
 * @param build the app, as pushed and then as compiled
 * @param cache what the buildpack keeps from build to build
 * @param env one file for each config var
 * @param home HOME while the app is compiled; not part of the slug
 * @param tmp TMPDIR while the app is compiled
 * @param buildpacks the built-in buildpacks
 * @param spool archives on their way, and the log until it is delivered
 */
public record BuildDirectories(
    Path build, Path cache, Path env, Path home, Path tmp, Path buildpacks, Path spool) {
  public static BuildDirectories in(Path work) {
    return new BuildDirectories(
        work.resolve("build"),
        work.resolve("cache"),
        work.resolve("env"),
        work.resolve("home"),
        work.resolve("tmp"),
        work.resolve("buildpacks"),
        work.resolve("spool"));
  }

  public void prepare() throws IOException {
    for (Path directory : List.of(build, cache, env, home, tmp, buildpacks, spool)) {
      Directories.empty(directory);
    }
  }
}
