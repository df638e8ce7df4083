package io.platform.build;

import io.platform.domain.App;
import io.platform.domain.Origin;
import io.platform.git.repository.DirectoryRepositories;
import io.platform.git.repository.Repositories;
import io.platform.persistence.database.InProcessAppLocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;

/** Real repositories, with pushes that have just left their quarantine. */
public final class TestGit implements AutoCloseable {
  private static final String MAIN = "refs/heads/main";

  private final Path root;
  private final DirectoryRepositories repositories;
  private int commits;

  public TestGit(Path root) throws IOException {
    this.root = root;
    this.repositories = new DirectoryRepositories(root, "cluster", new InProcessAppLocks());
  }

  public Repositories repositories() {
    return repositories;
  }

  /** A push of a new commit on top of main. */
  public Origin.Push push(App app) throws IOException {
    try (Repository repository = repositories.open(app);
        ObjectInserter inserter = repository.newObjectInserter()) {
      Optional<String> old = branch(app);
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(inserter.insert(new TreeFormatter()));
      old.map(ObjectId::fromString).ifPresent(commit::setParentId);
      PersonIdent author = new PersonIdent("Dev", "dev@example.com");
      commit.setAuthor(author);
      commit.setCommitter(author);
      commit.setMessage("commit " + ++commits);
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      return new Origin.Push(
          MAIN, old.orElse(ObjectId.zeroId().name()), id.name(), "dev@example.com");
    }
  }

  /** The commit that main is. */
  public Optional<String> branch(App app) throws IOException {
    try (Repository repository = repositories.open(app)) {
      return Optional.ofNullable(repository.exactRef(MAIN))
          .map(Ref::getObjectId)
          .map(ObjectId::name);
    }
  }

  /** The names of the refs that keep commits of builds. */
  public List<String> pins(App app) throws IOException {
    try (Repository repository = repositories.open(app)) {
      return repository.getRefDatabase().getRefsByPrefix("refs/platform/").stream()
          .map(Ref::getName)
          .toList();
    }
  }

  public boolean exists(App app) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.anyMatch(path -> path.endsWith(app.path().name() + ".git"));
    }
  }

  @Override
  public void close() {
    repositories.close();
  }
}
