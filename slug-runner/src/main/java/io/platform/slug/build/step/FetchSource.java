package io.platform.slug.build.step;

import io.platform.commons.disk.FullDisk;
import io.platform.commons.file.Directories;
import io.platform.slug.BadFormatException;
import io.platform.slug.BuildJob;
import io.platform.slug.archive.HashingInputStream;
import io.platform.slug.archive.TreeArchive;
import io.platform.slug.archive.TreeLimitException;
import io.platform.slug.archive.UnsafeEntryException;
import io.platform.slug.build.failure.BuildFailure;
import io.platform.slug.build.failure.BuildFailureMessages;
import io.platform.slug.http.Backoff;
import io.platform.slug.http.PlatformHttp;
import io.platform.slug.http.RefusedException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;

/** Downloads the pushed source, and unpacks and verifies it in one pass. */
public final class FetchSource {
  private static final int ATTEMPTS_AT_DAMAGED = 3;

  private final PlatformHttp platform;
  private final BuildJob job;
  private final Path directory;
  private final StoreRetryBudget budget;

  /** Unpacks to {@code directory}. */
  public FetchSource(PlatformHttp platform, BuildJob job, Path directory, StoreRetryBudget budget) {
    this.budget = budget;
    this.platform = platform;
    this.job = job;
    this.directory = directory;
  }

  public void run() throws BuildFailure, IOException, InterruptedException {
    Backoff backoff = new Backoff(job.deadline());
    int damaged = 0;
    while (true) {
      String why;
      try {
        Directories.empty(directory);
        Optional<BuildFailure> failure = attempt();
        if (failure.isPresent()) {
          throw failure.get();
        }
        return;
      } catch (BadFormatException notWhatWasStored) {
        damaged++;
        if (damaged == ATTEMPTS_AT_DAMAGED) {
          throw BuildFailureMessages.sourceDamaged();
        }
        why = BuildFailureMessages.reason(notWhatWasStored);
      } catch (RefusedException refused) {
        throw refused.status() == 410
            ? BuildFailureMessages.ended()
            : BuildFailureMessages.sourceUnavailable(BuildFailureMessages.reason(refused));
      } catch (FileSystemException ownDisk) {
        throw ownDisk;
      } catch (PlatformFailed e) {
        budget.platformFailed();
        why = BuildFailureMessages.reason(e.why);
      } catch (IOException e) {
        budget.storeFailed();
        if (FullDisk.caused(e)) {
          throw e;
        }
        why = BuildFailureMessages.reason(e);
      }
      if (budget.over() || !backoff.pause()) {
        throw BuildFailureMessages.sourceUnavailable(why);
      }
    }
  }

  /** The platform did not say where the source is. */
  private static final class PlatformFailed extends IOException {
    private static final long serialVersionUID = 1L;

    private final IOException why;

    PlatformFailed(IOException why) {
      super(why);
      this.why = why;
    }
  }

  private PlatformHttp.Place locate() throws IOException, InterruptedException {
    try {
      return platform.locate("/api/v1/builds/" + job.build() + "/source");
    } catch (RefusedException refused) {
      throw refused;
    } catch (IOException e) {
      throw new PlatformFailed(e);
    }
  }

  /** Fails by the source's own fault only once its digest says that this is the source. */
  private Optional<BuildFailure> attempt() throws IOException, InterruptedException {
    try (PlatformHttp.Download download = platform.open(locate())) {
      HashingInputStream in = new HashingInputStream(download.body());
      BuildFailure failure = null;
      BadFormatException malformed = null;
      try {
        TreeArchive.unpackSource(in, directory, job.limits().sourceBytes());
      } catch (UnsafeEntryException unsafe) {
        failure = BuildFailureMessages.sourceEscapes(unsafe.entry(), unsafe.why());
      } catch (TreeLimitException e) {
        failure = BuildFailureMessages.sourceTooLarge(e);
      } catch (BadFormatException bad) {
        malformed = bad;
      }
      if (!in.drain().equals(job.source())) {
        throw new BadFormatException("its SHA-256 differs from what the platform stored");
      }
      if (malformed != null) {
        throw malformed;
      }
      return Optional.ofNullable(failure);
    }
  }
}
