package io.platform.git.repository;

import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.BuildId;
import io.platform.domain.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
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
 * Bare repositories at {@code <root>/<clusterID>/<customerID>/<namespace>/<app>.git}; one process
 * at a time owns them.
 */
public final class DirectoryRepositories implements Repositories, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DirectoryRepositories.class);
  private static final int PACKS_BEFORE_COLLECTION = 20;

  private final Path root;
  private final AppLocks locks = new AppLocks();

  /** Whose repositories have objects that are to be collected as soon as no push is received. */
  private final Set<AppId> wasteful = ConcurrentHashMap.newKeySet();

  private final ExecutorService collector =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("git-collector").daemon().factory());

  /** Keeps the repositories of a cluster below a directory. */
  public DirectoryRepositories(Path root, String clusterId) throws IOException {
    HermeticSystemReader.install();
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
    if (Files.notExists(gitDir.resolve(Constants.HEAD))) {
      create(directory(app), gitDir, app.deployBranch());
    }
    return (FileRepository)
        new FileRepositoryBuilder().setGitDir(gitDir.toFile()).setBare().setMustExist(true).build();
  }

  private Path path(App app) {
    return directory(app).resolve(app.path().name() + ".git");
  }

  private Path directory(App app) {
    return root.resolve(app.customer()).resolve(app.path().namespace());
  }

  private synchronized void create(Path parent, Path gitDir, Optional<String> branch)
      throws IOException {
    if (Files.exists(gitDir.resolve(Constants.HEAD))) {
      return;
    }
    Files.createDirectories(parent);
    Path unfinished = gitDir.resolveSibling(gitDir.getFileName() + ".new");
    DurableFiles.deleteTree(unfinished);
    try (Repository repository =
        new FileRepositoryBuilder().setGitDir(unfinished.toFile()).setBare().build()) {
      repository.create(true);
      StoredConfig config = repository.getConfig();
      config.setBoolean("core", null, "fsyncRefFiles", true);
      config.setBoolean("receive", null, "autogc", false);
      config.save();
      repository.updateRef(Constants.HEAD).link(branch.orElse(Constants.R_HEADS + "main"));
    }
    Files.move(unfinished, gitDir, StandardCopyOption.ATOMIC_MOVE);
    DurableFiles.sync(parent);
  }

  @Override
  public Quarantine receive(App app) throws IOException {
    openFiles(app).close();
    Path gitDir = path(app);
    Lock shared = locks.of(app.id()).readLock();
    shared.lock();
    try {
      return new DirectoryQuarantine(gitDir, waste -> received(app, gitDir, shared, waste));
    } catch (IOException | RuntimeException e) {
      shared.unlock();
      throw e;
    }
  }

  private void received(App app, Path gitDir, Lock shared, boolean waste) {
    shared.unlock();
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
      LOG.warn("the repository of {} was not collected", app.path(), e);
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
    Lock shared = locks.of(app.id()).readLock();
    shared.lock();
    try (Repository repository = open(app)) {
      return work.with(new Refs(repository));
    } finally {
      shared.unlock();
    }
  }

  /** What is done with the refs of a repository. */
  private interface RefWork<T> {
    T with(Refs refs) throws IOException;
  }

  @Override
  public void sweep(App app) throws IOException {
    Path gitDir = path(app);
    DurableFiles.deleteTree(gitDir.resolveSibling(gitDir.getFileName() + ".new"));
    DurableFiles.deleteTree(gitDir.resolve(DirectoryQuarantine.PARENT));
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
    Lock alone = locks.of(app.id()).writeLock();
    if (!alone.tryLock()) {
      return;
    }
    try (FileRepository repository = openFiles(app)) {
      GarbageCollector.collect(repository);
      wasteful.remove(app.id());
    } finally {
      alone.unlock();
    }
  }

  @Override
  public void delete(App app) throws IOException {
    ReadWriteLock lock = locks.of(app.id());
    try {
      while (!lock.writeLock().tryLock()) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(
          "deleting the repository of %s was interrupted".formatted(app.path()), e);
    }
    try {
      Path gitDir = path(app);
      RepositoryCache.unregister(RepositoryCache.FileKey.exact(gitDir.toFile(), FS.DETECTED));
      DurableFiles.deleteTree(gitDir);
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public void close() {
    collector.close();
  }
}
