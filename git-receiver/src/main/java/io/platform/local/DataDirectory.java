package io.platform.local;

import io.platform.bootstrap.StartupException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The directory that holds everything of an installation on one machine, held by one server at a
 * time: a lock that the system frees when its holder dies, however it dies.
 */
final class DataDirectory implements AutoCloseable {
  private final Path root;
  private final FileChannel channel;

  private DataDirectory(Path root, FileChannel channel) {
    this.root = root;
    this.channel = channel;
  }

  /** Makes the directory for its owner alone, and takes the lock. */
  static DataDirectory take(Path root) throws StartupException {
    try {
      Files.createDirectories(
          root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      FileChannel channel =
          FileChannel.open(
              root.resolve("lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        String holder = read(channel);
        channel.close();
        throw new StartupException(
            "The data directory %s is in use already, by a platform at %s. Use that one, or stop it first."
                .formatted(
                    root, holder.isBlank() ? "an address that it has not told yet" : holder));
      }
      channel.truncate(0);
      return new DataDirectory(root, channel);
    } catch (IOException e) {
      throw new StartupException(
          "The data directory %s cannot be used: %s. Make it writable, or give another one with --data."
              .formatted(root, reason(e)),
          e);
    }
  }

  /** The messages of some exceptions are the path alone. */
  private static String reason(IOException e) {
    return switch (e) {
      case FileAlreadyExistsException exists -> "it is not a directory";
      case AccessDeniedException denied -> "permission denied";
      case FileSystemException other when other.getReason() != null -> other.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(512);
    channel.read(bytes, 0);
    return StandardCharsets.UTF_8.decode(bytes.flip()).toString().strip();
  }

  /** Tells a second server where this one is: its URL and process. */
  void announce(String where) throws IOException {
    channel.write(ByteBuffer.wrap(where.getBytes(StandardCharsets.UTF_8)), 0);
  }

  Path resolve(String name) {
    return root.resolve(name);
  }

  Path root() {
    return root;
  }

  @Override
  public void close() throws IOException {
    channel.truncate(0);
    channel.close();
  }
}
