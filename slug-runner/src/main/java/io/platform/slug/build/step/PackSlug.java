package io.platform.slug.build.step;

import io.platform.slug.Blob;
import io.platform.slug.BuildJob;
import io.platform.slug.Manifest;
import io.platform.slug.ProcessTypes;
import io.platform.slug.archive.HashingOutputStream;
import io.platform.slug.archive.SlugArchive;
import io.platform.slug.archive.TooLargeException;
import io.platform.slug.archive.TreeLimitException;
import io.platform.slug.build.buildpack.BuildDirectories;
import io.platform.slug.build.failure.BuildFailure;
import io.platform.slug.build.failure.BuildFailureMessages;
import io.platform.slug.build.failure.SizeFormat;
import io.platform.slug.build.log.BuilderLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Packs the compiled app, and learns size and SHA-256 in the same pass. */
public final class PackSlug {
  /**
   * A slug that waits to be uploaded.
   *
   * @param blob of the file
   */
  public record Packed(Path file, Blob blob, Manifest manifest) {}

  private final BuildDirectories directories;
  private final BuildJob job;
  private final BuilderLog log;

  public PackSlug(BuildDirectories directories, BuildJob job, BuilderLog log) {
    this.directories = directories;
    this.job = job;
    this.log = log;
  }

  /**
   * Packs what is in the build directory.
   *
   * @param buildpacks the names of those that compiled it
   */
  public Packed run(String buildpacks, ProcessTypes types) throws BuildFailure, IOException {
    log.heading("Compressing");
    Path file = directories.spool().resolve("slug.tar.zst");
    try (HashingOutputStream out =
        new HashingOutputStream(Files.newOutputStream(file), job.limits().slugBytes())) {
      Manifest manifest =
          SlugArchive.write(directories.build(), job.stack(), buildpacks, types, out);
      Packed packed = new Packed(file, out.blob(), manifest);
      log.body("Done: " + SizeFormat.readable(packed.blob.size()));
      return packed;
    } catch (TreeLimitException e) {
      throw BuildFailureMessages.appTooLarge(e);
    } catch (TooLargeException large) {
      throw BuildFailureMessages.slugTooLarge(large.limit());
    }
  }
}
