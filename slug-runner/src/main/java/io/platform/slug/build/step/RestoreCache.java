package io.platform.slug.build.step;

import io.platform.commons.file.Directories;
import io.platform.slug.BuildJob;
import io.platform.slug.archive.HashingInputStream;
import io.platform.slug.archive.TreeArchive;
import io.platform.slug.http.PlatformHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Restores the cache of the app's last build. A cache that cannot be had is an empty one. */
public final class RestoreCache {
  /** Says what stack a cache is from; one of another stack is of no use. */
  static final String STACK_FILE = ".stack";

  private final PlatformHttp platform;
  private final BuildJob job;
  private final Path directory;

  /** Unpacks to {@code directory}. */
  public RestoreCache(PlatformHttp platform, BuildJob job, Path directory) {
    this.platform = platform;
    this.job = job;
    this.directory = directory;
  }

  /** Whether there is one now. */
  public boolean run() throws IOException, InterruptedException {
    if (job.cache().isEmpty()) {
      return false;
    }
    if (restored() && ofThisStack()) {
      Files.delete(directory.resolve(STACK_FILE));
      return true;
    }
    Directories.empty(directory);
    return false;
  }

  private boolean restored() throws InterruptedException {
    try (PlatformHttp.Download download =
        platform.download("/api/v1/builds/" + job.build() + "/cache")) {
      HashingInputStream in = new HashingInputStream(download.body());
      TreeArchive.unpackCache(in, directory);
      return job.cache().filter(in.drain()::equals).isPresent();
    } catch (IOException notToBeHad) {
      return false;
    }
  }

  private boolean ofThisStack() throws IOException {
    Path file = directory.resolve(STACK_FILE);
    return Files.isRegularFile(file)
        && Files.readString(file, StandardCharsets.UTF_8).strip().equals(job.stack());
  }
}
