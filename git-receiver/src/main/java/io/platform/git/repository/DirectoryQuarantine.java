package io.platform.git.repository;

import io.platform.commons.file.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A repository of the app's refs, whose objects are read from the app's and written to a directory
 * of their own.
 */
final class DirectoryQuarantine implements Quarantine {
  /** Where quarantines are, inside the repository: hard links need one file system. */
  static final String PARENT = "quarantine";

  private static final Logger LOG = LoggerFactory.getLogger(DirectoryQuarantine.class);

  private final Path gitDir;
  private final Path directory;
  private final Repository repository;
  private final BooleanSupplier locked;
  private final Consumer<Boolean> released;
  private boolean promoted;
  private boolean discarded;

  /**
   * A quarantine in a repository.
   *
   * @param locked whether the app's lock still protects what is received here
   * @param released called at the end, with whether the repository has objects that nobody needs
   */
  DirectoryQuarantine(Path gitDir, BooleanSupplier locked, Consumer<Boolean> released)
      throws IOException {
    this.gitDir = gitDir;
    this.locked = locked;
    this.released = released;
    Path parent = Files.createDirectories(gitDir.resolve(PARENT));
    directory = Files.createTempDirectory(parent, "push-");
    Path objects = directory.resolve("objects");
    Files.createDirectories(objects.resolve("pack"));
    repository =
        new FileRepositoryBuilder()
            .setGitDir(gitDir.toFile())
            .setBare()
            .setObjectDirectory(objects.toFile())
            .addAlternateObjectDirectory(gitDir.resolve("objects").toFile())
            .build();
  }

  @Override
  public Repository repository() {
    return repository;
  }

  @Override
  public void promote() throws IOException {
    if (!locked.getAsBoolean()) {
      throw new IOException(
          "The connection to the database was lost, and meanwhile another receiver cleaned up %s: its objects cannot be relied on. The push has to be made again."
              .formatted(gitDir));
    }
    Path from = directory.resolve("objects");
    Path to = gitDir.resolve("objects");
    promoted = true;
    link(files(from.resolve("pack"), ".pack"), to.resolve("pack"));
    link(files(from.resolve("pack"), ".idx"), to.resolve("pack"));
    for (Path fanOut : Directories.list(from)) {
      String name = fanOut.getFileName().toString();
      if (name.length() == 2) {
        link(Directories.list(fanOut), to.resolve(name));
      }
    }
  }

  @Override
  public void updated(String ref) throws IOException {
    Refs.sync(gitDir, ref);
  }

  @Override
  public void discard() {
    discarded = true;
  }

  private static List<Path> files(Path directory, String suffix) throws IOException {
    List<Path> files = new ArrayList<>(Directories.list(directory));
    files.removeIf(file -> !file.toString().endsWith(suffix));
    return files;
  }

  /**
   * Names are digests of what is in the files, and a file gets its name when it is complete: what
   * is there is right.
   */
  private static void link(List<Path> files, Path to) throws IOException {
    if (files.isEmpty()) {
      return;
    }
    Files.createDirectories(to);
    for (Path file : files) {
      linkUnlessThere(file, to.resolve(file.getFileName()));
    }
    Directories.sync(to);
  }

  private static void linkUnlessThere(Path file, Path to) throws IOException {
    try {
      Files.createLink(to, file);
    } catch (FileAlreadyExistsException e) {
      LOG.debug("{} is there already", to, e);
    }
  }

  @Override
  public void close() {
    repository.close();
    try {
      Directories.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("the quarantine %s cannot be removed".formatted(directory), e);
    } finally {
      released.accept(promoted && discarded);
    }
  }
}
