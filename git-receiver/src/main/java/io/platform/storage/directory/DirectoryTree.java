package io.platform.storage.directory;

import static java.util.Objects.requireNonNull;

import dev.failsafe.RetryPolicy;
import io.platform.commons.file.Directories;
import io.platform.commons.retry.Retry;
import io.platform.commons.retry.RetryPolicies;
import io.platform.storage.ObjectKeyRule;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A tree of directories whose paths come from keys; symbolic links in it are never followed. */
final class DirectoryTree {
  static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNERS =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** Somebody else deletes an empty directory at the moment at which it is to be used. */
  private static final RetryPolicy<Object> LOST_TO_A_DELETION =
      RetryPolicies.lostRace(100).handle(NoSuchFileException.class).build();

  private final Path root;

  /** What needs a directory. */
  interface Work<T> {
    T run() throws IOException;
  }

  DirectoryTree(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  /**
   * Where a key's file is or would be.
   *
   * @throws IOException where a symbolic link is on the way
   */
  Path resolve(String key) throws IOException {
    Path path = root;
    for (String segment : ObjectKeyRule.segments(ObjectKeyRule.require(key))) {
      path = path.resolve(segment);
      if (Files.isSymbolicLink(path)) {
        throw new IOException(
            "The object store refuses %s: %s is a symbolic link.".formatted(key, path));
      }
    }
    return path;
  }

  /**
   * Does what needs a directory, which is made where it is missing, and made again where somebody
   * else deletes it meanwhile because it is empty.
   */
  <T> T inDirectory(Path directory, Work<T> work) throws IOException {
    return Retry.callUninterruptibly(
        LOST_TO_A_DELETION,
        () -> {
          makeDirectories(directory);
          return work.run();
        });
  }

  /** Makes a directory of the tree and those above it, durably. */
  void makeDirectories(Path directory) throws IOException {
    if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Path parent = requireNonNull(directory.getParent());
    if (directory.equals(root)) {
      Files.createDirectories(parent, OWNERS);
    } else {
      makeDirectories(parent);
    }
    try {
      Files.createDirectory(directory, OWNERS);
      Directories.sync(parent);
    } catch (FileAlreadyExistsException e) {
      // Another writer's, which may be gone again by now: NoSuchFileException then.
      if (!Files.readAttributes(directory, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .isDirectory()) {
        throw e;
      }
    }
  }

  /**
   * Deletes what is under a directory and last changed before the time, and directories that are
   * empty then.
   */
  static void deleteTree(Path directory, long beforeMillis) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.lastModifiedTime().toMillis() < beforeMillis) {
              Files.deleteIfExists(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            deleteIfEmpty(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Deletes the directories above a path that are empty, but not the root. */
  void deleteEmptyParents(Path path) throws IOException {
    Path directory = path.getParent();
    while (directory != null && !directory.equals(root) && deleteIfEmpty(directory)) {
      directory = directory.getParent();
    }
  }

  /** Whether the directory is gone now. */
  private static boolean deleteIfEmpty(Path directory) throws IOException {
    try {
      Files.deleteIfExists(directory);
      return true;
    } catch (DirectoryNotEmptyException e) {
      return false;
    }
  }
}
