package io.platform.git.repository;

import dev.failsafe.RetryPolicy;
import io.platform.commons.file.Directories;
import io.platform.commons.retry.Retry;
import io.platform.commons.retry.RetryPolicies;
import io.platform.domain.DeployFailureCause;
import io.platform.domain.Origin;
import io.platform.git.repository.Repositories.MoveResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/** The refs of one repository: each change is durable, and a repeat of it does nothing. */
final class Refs {
  private static final Set<RefUpdate.Result> DONE =
      EnumSet.of(
          RefUpdate.Result.NEW,
          RefUpdate.Result.FORCED,
          RefUpdate.Result.FAST_FORWARD,
          RefUpdate.Result.NO_CHANGE);
  private static final RetryPolicy<RefUpdate.Result> UNTIL_DONE =
      Retry.until(DONE::contains, RetryPolicies.lostRace(20));

  private final Repository repository;

  Refs(Repository repository) {
    this.repository = repository;
  }

  Void set(String name, ObjectId target) throws IOException {
    RefUpdate.Result result = attempt(() -> update(name, target).update());
    if (!DONE.contains(result)) {
      throw new IOException("%s was not written: %s".formatted(name, result));
    }
    sync(name);
    return nothing();
  }

  Void delete(String name) throws IOException {
    RefUpdate.Result result = attempt(() -> deleteOnce(name));
    if (!DONE.contains(result)) {
      throw new IOException("%s was not deleted: %s".formatted(name, result));
    }
    return nothing();
  }

  private RefUpdate.Result deleteOnce(String name) throws IOException {
    if (repository.exactRef(name) == null) {
      return RefUpdate.Result.NO_CHANGE;
    }
    RefUpdate update = repository.updateRef(name);
    update.setForceUpdate(true);
    update.disableRefLog();
    return update.delete();
  }

  MoveResult move(Origin.Push push) throws IOException {
    ObjectId from = ObjectId.fromString(push.oldCommit());
    ObjectId to = ObjectId.fromString(push.commit());
    RefUpdate.Result result = attempt(() -> moveOnce(push.ref(), from, to));
    ObjectId now = target(push.ref());
    if (now.equals(to)) {
      point(push.ref());
      return new MoveResult.Moved();
    }
    if (!now.equals(from)) {
      return new MoveResult.Conflict(
          new DeployFailureCause.BranchMoved(
              Repository.shortenRefName(push.ref()), commit(from), commit(now)));
    }
    throw new IOException("%s was not moved: %s".formatted(push.ref(), result));
  }

  private RefUpdate.Result moveOnce(String name, ObjectId from, ObjectId to) throws IOException {
    if (!target(name).equals(from)) {
      return RefUpdate.Result.NO_CHANGE;
    }
    RefUpdate update = update(name, to);
    update.setExpectedOldObjectId(from);
    RefUpdate.Result result = update.update();
    if (DONE.contains(result)) {
      sync(name);
    }
    return result;
  }

  private RefUpdate update(String name, ObjectId target) throws IOException {
    RefUpdate update = repository.updateRef(name);
    update.setNewObjectId(target);
    update.setForceUpdate(true);
    update.disableRefLog();
    return update;
  }

  /** Again where another change of refs came between; the last result where it always did. */
  private static RefUpdate.Result attempt(Retry.Work<RefUpdate.Result, IOException> change)
      throws IOException {
    return Retry.callUninterruptibly(UNTIL_DONE, change);
  }

  private static Optional<String> commit(ObjectId id) {
    return id.equals(ObjectId.zeroId()) ? Optional.empty() : Optional.of(id.name());
  }

  private ObjectId target(String name) throws IOException {
    @Nullable Ref ref = repository.exactRef(name);
    return ref == null || ref.getObjectId() == null ? ObjectId.zeroId() : ref.getObjectId();
  }

  /** Clones check out what HEAD leads to. */
  private void point(String branch) throws IOException {
    Ref head = repository.exactRef(Constants.HEAD);
    if (head == null || !head.isSymbolic() || !head.getTarget().getName().equals(branch)) {
      RefUpdate update = repository.updateRef(Constants.HEAD);
      update.disableRefLog();
      update.link(branch);
      sync(Constants.HEAD);
    }
  }

  private void sync(String name) throws IOException {
    sync(repository.getDirectory().toPath(), name);
  }

  /** Makes a ref's name durable: JGit syncs the file, and not the directories on the way to it. */
  static void sync(Path gitDir, String name) throws IOException {
    Path directory = gitDir.resolve(name).getParent();
    while (directory != null && directory.startsWith(gitDir)) {
      if (Files.isDirectory(directory)) {
        Directories.sync(directory);
      }
      directory = directory.getParent();
    }
  }

  @SuppressWarnings("NullAway") // the one value of Void
  private static Void nothing() {
    return null;
  }
}
