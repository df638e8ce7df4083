package io.platform.slug.build.step;

import io.platform.slug.Blob;
import io.platform.slug.BuildJob;
import io.platform.slug.SteadyClock;
import io.platform.slug.archive.HashingOutputStream;
import io.platform.slug.archive.TreeArchive;
import io.platform.slug.build.buildpack.BuildDirectories;
import io.platform.slug.build.buildpack.Buildpack;
import io.platform.slug.build.log.BuilderLog;
import io.platform.slug.http.PlatformHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Saves the buildpack's cache for the next build. That it cannot never fails a build. */
public final class SaveCache {
  private static final Duration RETRY_TIME = Duration.ofSeconds(30);

  private final PlatformHttp platform;
  private final BuildJob job;
  private final BuildDirectories directories;
  private final BuilderLog log;

  public SaveCache(
      PlatformHttp platform, BuildJob job, BuildDirectories directories, BuilderLog log) {
    this.platform = platform;
    this.job = job;
    this.directories = directories;
    this.log = log;
  }

  /**
   * What was stored; empty where there is nothing to keep.
   *
   * @param buildpacks those that made it
   */
  public Optional<Blob> run(List<Buildpack> buildpacks) throws InterruptedException {
    try {
      if (isEmpty()) {
        return Optional.empty();
      }
      Blob blob = pack(buildpacks.stream().map(Buildpack::id).toList());
      Instant giveUp = SteadyClock.now().plus(RETRY_TIME);
      new UploadObject(platform, job.build(), "cache", new StoreRetryBudget(RETRY_TIME), log::body)
          .run(file(), blob, giveUp);
      return Optional.of(blob);
    } catch (IOException unkept) {
      log.body("The build cache could not be kept; the next build will take longer.");
      return Optional.empty();
    }
  }

  private boolean isEmpty() throws IOException {
    try (Stream<Path> children = Files.list(directories.cache())) {
      return children.findAny().isEmpty();
    }
  }

  private Blob pack(List<String> buildpacks) throws IOException {
    new CacheOrigin(job.stack(), buildpacks).put(directories.cache());
    try (HashingOutputStream out =
        new HashingOutputStream(Files.newOutputStream(file()), Long.MAX_VALUE)) {
      TreeArchive.writeCache(directories.cache(), out);
      return out.blob();
    }
  }

  private Path file() {
    return directories.spool().resolve("cache.tar.zst");
  }
}
