package io.platform.git.repository;

import dev.failsafe.RetryPolicy;
import io.platform.commons.file.Directories;
import io.platform.commons.retry.Retry;
import io.platform.commons.retry.RetryPolicies;
import io.platform.commons.shutdown.BoundedStop;
import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.BuildId;
import io.platform.domain.Origin;
import io.platform.domain.port.AppLocks;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bare repositories at {@code <root>/<clusterID>/<customerID>/<namespace>/<app>.git}, where they
 * stay when the app is renamed. Several processes may have them, as far as {@link AppLocks}
 * reaches.
 */
public final class DirectoryRepositories implements Repositories, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DirectoryRepositories.class);
  private static final int PACKS_BEFORE_COLLECTION = 20;
  private static final String COLLECTOR = "git-collector";

  /** A collection that is broken off leaves files that the next start removes. */
  private static final Duration STOPPING = Duration.ofSeconds(4);

  /** Follows a repository's name while it is made. */
  private static final String UNFINISHED = ".new-";

  private static final RetryPolicy<Optional<AppLocks.Held>> UNTIL_ALONE =
      Retry.until(Optional::isPresent, RetryPolicies.held(Duration.ofMillis(50)));

  private final Path root;
  private final AppLocks locks;

  /** Whose repositories have objects that are to be collected as soon as no push is received. */
  private final Set<AppId> wasteful = ConcurrentHashMap.newKeySet();

  private final ExecutorService collector =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name(COLLECTOR).daemon().factory());

  /** Keeps the repositories of a cluster below a directory. */
  public DirectoryRepositories(Path root, String clusterId, AppLocks locks) throws IOException {
    HermeticSystemReader.install();
    this.locks = locks;
    this.root = Files.createDirectories(root.resolve(clusterId));
    // JGit looks this up once on a thread of the common pool: now, and not in the middle of a
    // request.
    FS.getFileStoreAttributes(this.root);
  }

  @Override
  public Repository open(App app) throws IOException {
    return openFiles(app);
  }

  private FileRepository openFiles(App app) throws IOException {
    Path gitDir = path(app);
    if (!isThere(gitDir)) {
      create(app, gitDir);
    }
    return (FileRepository)
        new FileRepositoryBuilder().setGitDir(gitDir.toFile()).setBare().setMustExist(true).build();
  }

  private Path path(App app) {
    return directory(app).resolve(app.location().name() + ".git");
  }

  private Path directory(App app) {
    return root.resolve(app.location().customer()).resolve(app.location().namespace());
  }

  private static boolean isThere(Path gitDir) {
    return Files.exists(gitDir.resolve(Constants.HEAD));
  }

  /** Where two receivers make it at once, the first that has finished wins. */
  private void create(App app, Path gitDir) throws IOException {
    Path parent = Files.createDirectories(directory(app));
    try (AppLocks.Held _ = share(app)) {
      Path unfinished =
          Files.createDirectory(
              parent.resolve(gitDir.getFileName() + UNFINISHED + UUID.randomUUID()));
      try {
        create(unfinished, app.deployBranch());
        moveUnlessThere(unfinished, gitDir);
      } finally {
        Directories.delete(unfinished);
      }
    }
    Directories.sync(parent);
  }

  private static void moveUnlessThere(Path unfinished, Path gitDir) throws IOException {
    try {
      Files.move(unfinished, gitDir, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!isThere(gitDir)) {
        throw e;
      }
      LOG.debug("{} was made by another receiver", gitDir, e);
    }
  }

  private static void create(Path gitDir, Optional<String> branch) throws IOException {
    try (Repository repository =
        new FileRepositoryBuilder().setGitDir(gitDir.toFile()).setBare().build()) {
      repository.create(true);
      StoredConfig config = repository.getConfig();
      config.setBoolean("core", null, "fsyncRefFiles", true);
      config.setBoolean("receive", null, "autogc", false);
      config.save();
      repository.updateRef(Constants.HEAD).link(branch.orElse(Constants.R_HEADS + "main"));
    }
  }

  private AppLocks.Held share(App app) throws IOException {
    try {
      return locks.share(app.id());
    } catch (InterruptedException e) {
      throw interrupted(app, e);
    }
  }

  private static IOException interrupted(App app, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IOException(
        "The wait for the repository of %s was interrupted.".formatted(app.path()), e);
  }

  @Override
  public Quarantine receive(App app) throws IOException {
    Path gitDir = path(app);
    AppLocks.Held shared = share(app);
    try {
      openFiles(app).close();
      return new DirectoryQuarantine(
          gitDir, shared::isHeld, waste -> received(app, gitDir, shared, waste));
    } catch (IOException | RuntimeException e) {
      shared.close();
      throw e;
    }
  }

  private void received(App app, Path gitDir, AppLocks.Held shared, boolean waste) {
    shared.close();
    if (waste) {
      wasteful.add(app.id());
    }
    if ((wasteful.contains(app.id()) || GarbageCollector.isDue(gitDir, PACKS_BEFORE_COLLECTION))
        && !collector.isShutdown()) {
      collector.execute(() -> collectInBackground(app));
    }
  }

  private void collectInBackground(App app) {
    try {
      collect(app);
    } catch (IOException | RuntimeException e) {
      if (collector.isShutdown()) {
        LOG.info("the collection of {} was broken off; it is done after a later push", app.path());
      } else {
        LOG.warn("the repository of {} was not collected", app.path(), e);
      }
    }
  }

  @Override
  public void pin(App app, BuildId build, String commit) throws IOException {
    inRefs(app, refs -> refs.set(HiddenRefs.ofBuild(build), ObjectId.fromString(commit)));
  }

  @Override
  public void unpin(App app, BuildId build) throws IOException {
    inRefs(app, refs -> refs.delete(HiddenRefs.ofBuild(build)));
  }

  @Override
  public MoveResult move(App app, Origin.Push push) throws IOException {
    return inRefs(app, refs -> refs.move(push));
  }

  private <T> T inRefs(App app, RefWork<T> work) throws IOException {
    try (AppLocks.Held _ = share(app);
        Repository repository = open(app)) {
      return work.with(new Refs(repository));
    }
  }

  /** What is done with the refs of a repository. */
  private interface RefWork<T> {
    T with(Refs refs) throws IOException;
  }

  @Override
  public boolean sweep(App app) throws IOException {
    Optional<AppLocks.Held> alone = locks.tryAlone(app.id());
    if (alone.isEmpty()) {
      return false;
    }
    try (AppLocks.Held _ = alone.get()) {
      removeStale(app);
      return true;
    }
  }

  private void removeStale(App app) throws IOException {
    Path gitDir = path(app);
    String unfinished = gitDir.getFileName() + UNFINISHED;
    for (Path sibling : Directories.list(directory(app))) {
      if (sibling.getFileName().toString().startsWith(unfinished)) {
        Directories.delete(sibling);
      }
    }
    Directories.delete(gitDir.resolve(DirectoryQuarantine.PARENT));
    if (Files.notExists(gitDir)) {
      return;
    }
    try (Stream<Path> all = Files.walk(gitDir)) {
      for (Path file : all.filter(DirectoryRepositories::isStale).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static boolean isStale(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".lock")
        || name.endsWith(".keep")
        || name.startsWith("gc_")
        || name.startsWith("incoming_");
  }

  @Override
  public void collect(App app) throws IOException {
    Optional<AppLocks.Held> alone = locks.tryAlone(app.id());
    if (alone.isEmpty()) {
      return;
    }
    try (AppLocks.Held _ = alone.get()) {
      if (isThere(path(app))) {
        collectAlone(app);
      }
      wasteful.remove(app.id());
    }
  }

  private void collectAlone(App app) throws IOException {
    try (FileRepository repository = openFiles(app)) {
      GarbageCollector.collect(repository);
    }
  }

  @Override
  public void delete(App app) throws IOException {
    try (AppLocks.Held _ = awaitAlone(app)) {
      Path gitDir = path(app);
      RepositoryCache.unregister(RepositoryCache.FileKey.exact(gitDir.toFile(), FS.DETECTED));
      Directories.delete(gitDir);
    }
  }

  private AppLocks.Held awaitAlone(App app) throws IOException {
    try {
      return Retry.call(UNTIL_ALONE, () -> locks.tryAlone(app.id())).orElseThrow();
    } catch (InterruptedException e) {
      throw interrupted(app, e);
    }
  }

  @Override
  public void close() {
    BoundedStop.stop(COLLECTOR, collector, STOPPING);
  }
}
