package io.platform.git.repository;

import io.platform.domain.Origin;
import io.platform.git.repository.Repositories.MoveResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/** The refs of one repository: each change is durable, and a repeat of it does nothing. */
final class Refs {
  private static final int ATTEMPTS = 20;
  private static final Set<RefUpdate.Result> DONE =
      EnumSet.of(
          RefUpdate.Result.NEW,
          RefUpdate.Result.FORCED,
          RefUpdate.Result.FAST_FORWARD,
          RefUpdate.Result.NO_CHANGE);

  private final Repository repository;

  Refs(Repository repository) {
    this.repository = repository;
  }

  Void set(String name, ObjectId target) throws IOException {
    RefUpdate.Result result = RefUpdate.Result.NOT_ATTEMPTED;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      RefUpdate update = repository.updateRef(name);
      update.setNewObjectId(target);
      update.setForceUpdate(true);
      update.disableRefLog();
      result = update.update();
      if (DONE.contains(result)) {
        sync(name);
        return nothing();
      }
    }
    throw new IOException("%s was not written: %s".formatted(name, result));
  }

  Void delete(String name) throws IOException {
    RefUpdate.Result result = RefUpdate.Result.NOT_ATTEMPTED;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (repository.exactRef(name) == null) {
        return nothing();
      }
      RefUpdate update = repository.updateRef(name);
      update.setForceUpdate(true);
      update.disableRefLog();
      result = update.delete();
      if (result == RefUpdate.Result.FORCED || result == RefUpdate.Result.NEW) {
        return nothing();
      }
    }
    throw new IOException("%s was not deleted: %s".formatted(name, result));
  }

  MoveResult move(Origin.Push push) throws IOException {
    ObjectId from = ObjectId.fromString(push.oldCommit());
    ObjectId to = ObjectId.fromString(push.commit());
    RefUpdate.Result result = RefUpdate.Result.NOT_ATTEMPTED;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      ObjectId now = target(push.ref());
      if (now.equals(to)) {
        point(push.ref());
        return new MoveResult.Moved();
      }
      if (!now.equals(from)) {
        return new MoveResult.Conflict(
            "%s is %s by now, and not %s: fetch, and push again"
                .formatted(Repository.shortenRefName(push.ref()), brief(now), brief(from)));
      }
      RefUpdate update = repository.updateRef(push.ref());
      update.setExpectedOldObjectId(from);
      update.setNewObjectId(to);
      update.setForceUpdate(true);
      update.disableRefLog();
      result = update.update();
      if (DONE.contains(result)) {
        sync(push.ref());
      }
    }
    throw new IOException("%s was not moved: %s".formatted(push.ref(), result));
  }

  private static String brief(ObjectId id) {
    return id.equals(ObjectId.zeroId()) ? "absent" : id.abbreviate(7).name();
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
        DurableFiles.sync(directory);
      }
      directory = directory.getParent();
    }
  }

  @SuppressWarnings("NullAway") // the one value of Void
  private static Void nothing() {
    return null;
  }
}
