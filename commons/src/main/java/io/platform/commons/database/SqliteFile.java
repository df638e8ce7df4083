package io.platform.commons.database;

import dev.failsafe.RetryPolicy;
import io.platform.commons.retry.Retry;
import io.platform.commons.retry.RetryPolicies;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

/** The file of an SQLite database: it holds secrets, and only its owner may read it. */
final class SqliteFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final RetryPolicy<FileLock> UNTIL_FREE =
      RetryPolicies.<FileLock>held(Duration.ofMillis(10))
          .handle(OverlappingFileLockException.class) // held in this process
          .build();

  private SqliteFile() {}

  /** SQLite gives the write-ahead log and its index the mode of the database file. */
  static void makePrivate(Path file) throws IOException {
    Path directory = file.getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    try {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } catch (FileAlreadyExistsException e) {
      Files.setPosixFilePermissions(file, OWNER_ONLY);
      // SQLite would open it, and fail at the first write.
      if (!Files.isWritable(file)) {
        throw new AccessDeniedException("it is not writable");
      }
    }
  }

  /** Runs what processes on this file, and threads of this one, must not do at once. */
  static <T> T exclusively(Path file, Supplier<T> work) throws IOException {
    Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = lock(channel)) {
      T done = work.get();
      held.release();
      return done;
    }
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    try {
      return Retry.call(UNTIL_FREE, channel::lock);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("another start prepares it, and waiting was interrupted");
    }
  }
}
