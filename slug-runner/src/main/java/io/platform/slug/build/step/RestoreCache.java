package io.platform.slug.build.step;

import io.platform.commons.file.Directories;
import io.platform.slug.BuildJob;
import io.platform.slug.archive.HashingInputStream;
import io.platform.slug.archive.TreeArchive;
import io.platform.slug.build.buildpack.Buildpack;
import io.platform.slug.http.PlatformHttp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Restores the cache of the app's last build. A cache that cannot be had is an empty one. */
public final class RestoreCache {
  private final PlatformHttp platform;
  private final BuildJob job;
  private final Path directory;
  private Optional<CacheOrigin> origin = Optional.empty();

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
    if (restored()) {
      origin = CacheOrigin.take(directory).filter(made -> made.stack().equals(job.stack()));
      if (origin.isPresent()) {
        return true;
      }
    }
    Directories.empty(directory);
    return false;
  }

  /** Empties the cache if it was made by other buildpacks; whether it was. */
  public boolean dropIfOfOthers(List<Buildpack> buildpacks) throws IOException {
    List<String> ids = buildpacks.stream().map(Buildpack::id).toList();
    if (origin.filter(made -> made.isOfOthers(ids)).isEmpty()) {
      return false;
    }
    Directories.empty(directory);
    return true;
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
}
