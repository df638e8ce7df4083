package io.platform.git.http.receive;

import io.platform.commons.disk.DiskFault;
import io.platform.commons.http.MinimumSendRate;
import io.platform.domain.BuildFailureCause;
import io.platform.git.concurrency.GitThreads;
import io.platform.git.concurrency.UserShare;
import io.platform.git.pack.PackRefused;
import io.platform.git.push.PushLimits;
import io.platform.git.push.PushTooLong;
import io.platform.git.push.refusal.PushRefusal;
import io.platform.git.push.refusal.PushRefusal.ServerRefusal;
import io.platform.git.push.refusal.PushRefusal.UploadRefusal;
import java.io.EOFException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TooLargePackException;
import org.eclipse.jgit.internal.submodule.SubmoduleValidator.SubmoduleValidationException;

/** Explains why a pack was not unpacked. */
final class UnpackFailure {
  private UnpackFailure() {}

  /**
   * Translates what JGit or the receiver of packs threw.
   *
   * @param shallow whether the client said that its clone is shallow
   */
  static PushRefusal of(Throwable failure, boolean shallow, PushLimits limits) {
    return switch (failure) {
      case PackRefused e -> new UploadRefusal.BadPack(e.problem());
      case TooLargePackException e -> new UploadRefusal.PackTooLarge(limits.packBytes());
      case TooLargeObjectInPackException e ->
          new UploadRefusal.ObjectTooLarge(limits.objectBytes());
      case PushTooLong e -> notAccepted(new BuildFailureCause.PushTooLong(e.limit()));
      case MinimumSendRate.TooSlow e -> new UploadRefusal.TooSlow(limits.times().bytesPerSecond());
      case GitThreads.Busy e -> new ServerRefusal.Busy();
      case UserShare.Spent e -> new ServerRefusal.TooManyUploads(e.each());
      case MissingObjectException e when shallow -> new UploadRefusal.ShallowClone();
      case MissingObjectException e -> new UploadRefusal.MissingObject(e.getObjectId().name());
      case ForbiddenNames e -> new UploadRefusal.ForbiddenNames(e.paths());
      case CorruptObjectException e ->
          new UploadRefusal.BrokenObject(String.valueOf(e.getMessage()));
      case SubmoduleValidationException e ->
          new UploadRefusal.BrokenObject(String.valueOf(e.getMessage()));
      case LargeObjectException e -> new UploadRefusal.TooComplex();
      case OutOfMemoryError e -> new UploadRefusal.TooComplex();
      case Throwable full when DiskFault.FULL.caused(full) ->
          notAccepted(new BuildFailureCause.DiskFull());
      case Throwable failed when DiskFault.NOT_WRITABLE.caused(failed) ->
          notAccepted(new BuildFailureCause.DiskNotWritable());
      default -> isUpload(failure) ? new UploadRefusal.Stalled() : new UploadRefusal.Unreadable();
    };
  }

  private static PushRefusal notAccepted(BuildFailureCause.NotAccepted cause) {
    return new PushRefusal.NotAccepted(cause);
  }

  private static boolean isUpload(Throwable failure) {
    return failure instanceof EOFException
        || failure instanceof InterruptedIOException
        || failure instanceof TimeoutException
        || failure.getCause() instanceof TimeoutException;
  }
}
