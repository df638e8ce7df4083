package io.platform.git.http;

import io.platform.git.pack.PackRefused;
import io.platform.git.push.GitThreads;
import io.platform.git.push.PushLimits;
import io.platform.git.push.PushLog;
import io.platform.git.push.PushTooLong;
import io.platform.http.FullDisk;
import io.platform.http.MinimumSendRate;
import io.platform.http.ReadOnlyDisk;
import java.io.EOFException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TooLargePackException;
import org.eclipse.jgit.internal.submodule.SubmoduleValidator.SubmoduleValidationException;

/** Why a pack was not unpacked, as the pusher must know it. */
@FunctionalInterface
interface UnpackFailure {
  void tell(PushLimits limits, PushLog log);

  /**
   * Translates what JGit threw.
   *
   * @param shallow whether the client said that its clone is shallow
   */
  static UnpackFailure of(Throwable failure, boolean shallow) {
    return switch (failure) {
      case PackRefused e -> (limits, log) -> log.packRefused(e.problem());
      case TooLargePackException e -> (limits, log) -> log.packTooLarge(limits.packBytes());
      case TooLargeObjectInPackException e ->
          (limits, log) -> log.objectTooLarge(limits.objectBytes());
      case PushTooLong e -> (limits, log) -> log.tooLong(e.limit());
      case MinimumSendRate.TooSlow e ->
          (limits, log) -> log.uploadTooSlow(limits.times().bytesPerSecond());
      case GitThreads.Busy e -> (limits, log) -> log.busy();
      case UserShare.Spent e -> (limits, log) -> log.tooManyUploads(e.each());
      case MissingObjectException e when shallow -> (limits, log) -> log.shallowClone();
      case MissingObjectException e -> (limits, log) -> log.missingObject(e.getObjectId().name());
      case ForbiddenNames e -> (limits, log) -> log.forbiddenNames(e.paths());
      case CorruptObjectException e ->
          (limits, log) -> log.brokenObject(String.valueOf(e.getMessage()));
      case SubmoduleValidationException e ->
          (limits, log) -> log.brokenObject(String.valueOf(e.getMessage()));
      case LargeObjectException e -> (limits, log) -> log.packTooComplex();
      case OutOfMemoryError e -> (limits, log) -> log.packTooComplex();
      case Throwable full when FullDisk.caused(full) -> (limits, log) -> log.diskFull();
      case Throwable failed when ReadOnlyDisk.caused(failed) ->
          (limits, log) -> log.diskNotWritable();
      default ->
          isUpload(failure)
              ? (limits, log) -> log.uploadStalled()
              : (limits, log) -> log.unreadablePack();
    };
  }

  private static boolean isUpload(Throwable failure) {
    return failure instanceof EOFException
        || failure instanceof InterruptedIOException
        || failure instanceof TimeoutException
        || failure.getCause() instanceof TimeoutException;
  }
}
