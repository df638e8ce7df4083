package io.platform.git.repository;

import io.platform.domain.App;
import io.platform.domain.BuildId;
import io.platform.domain.DeployFailureCause;
import io.platform.domain.Origin;
import java.io.IOException;
import org.eclipse.jgit.lib.Repository;

/**
 * The git repositories of apps: their objects and refs. A repository is made when it is first asked
 * for.
 */
public interface Repositories {
  /** The app's repository as it is, for reading; close it. */
  Repository open(App app) throws IOException;

  /** A place to receive a push into; close it. */
  Quarantine receive(App app) throws IOException;

  /**
   * Keeps a build's commit from being collected, at {@code refs/platform/builds/<id>}; a repeat
   * does nothing.
   */
  void pin(App app, BuildId build, String commit) throws IOException;

  /** Lets go of a build's commit; a repeat does nothing. */
  void unpin(App app, BuildId build) throws IOException;

  /** Moves the pushed ref by compare-and-set; one that is there already is success. */
  MoveResult move(App app, Origin.Push push) throws IOException;

  /**
   * Removes what a kill left behind: stale lock files and quarantines.
   *
   * @return false where it has to be done later, because somebody uses the repository now, in this
   *     process or in another one
   */
  boolean sweep(App app) throws IOException;

  /** Collects what nothing refers to any more. */
  void collect(App app) throws IOException;

  /** Deletes the repository; none is success. */
  void delete(App app) throws IOException;

  /** How moving a ref ended. */
  sealed interface MoveResult {
    /** It is what was pushed. */
    record Moved() implements MoveResult {}

    /** It is something else now. */
    record Conflict(DeployFailureCause.BranchMoved moved) implements MoveResult {}
  }
}
