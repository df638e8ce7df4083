package io.platform.git.push;

import io.platform.domain.App;
import io.platform.git.push.refusal.PushRefusal.RefRefusal;
import io.platform.git.repository.HiddenRefs;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;

/** Decides what happens with each ref update of a push, before any is applied. */
final class RefRules {
  private static final int MOST_TAGS = 20;

  private final Repository repository;
  private final Optional<String> deployBranch;

  RefRules(App app, Repository repository, Collection<ReceiveCommand> commands) {
    this.repository = repository;
    this.deployBranch = app.deployBranch().or(() -> firstOf(commands));
  }

  /** The decision on a ref. */
  sealed interface Verdict {
    /**
     * It is built, and moves when its release is up.
     *
     * @param commit what was pushed, or what the pushed tag leads to
     * @param drops whether the branch had commits that this one does not have
     */
    record Deploy(RevCommit commit, boolean drops) implements Verdict {}

    /** It moves at once. */
    record Keep() implements Verdict {}

    /** It stays as it is. */
    record Refuse(RefRefusal why) implements Verdict {}
  }

  private static Optional<String> firstOf(Collection<ReceiveCommand> commands) {
    return commands.stream()
        .filter(command -> command.getType() != ReceiveCommand.Type.DELETE)
        .map(ReceiveCommand::getRefName)
        .filter(ref ->
            ref.equals(Constants.R_HEADS + "main") || ref.equals(Constants.R_HEADS + "master"))
        .findFirst();
  }

  /** The branch whose pushes are built, as far as it is settled with this push. */
  Optional<String> deployBranch() {
    return deployBranch;
  }

  Verdict decide(ReceiveCommand command) throws IOException {
    String ref = command.getRefName();
    if (HiddenRefs.isHidden(ref)) {
      return new Verdict.Refuse(new RefRefusal.Reserved(ref));
    }
    boolean deploys = deployBranch.filter(ref::equals).isPresent();
    if (command.getType() == ReceiveCommand.Type.DELETE) {
      return deploys
          ? new Verdict.Refuse(new RefRefusal.DeployBranchDeleted(brief(ref)))
          : new Verdict.Keep();
    }
    if (isNested(command.getNewId())) {
      return new Verdict.Refuse(new RefRefusal.NestedTag(ref, MOST_TAGS));
    }
    Optional<RefCollision> collision = RefCollision.of(ref, deployBranch);
    if (collision.isPresent()) {
      return new Verdict.Refuse(collides(collision.get(), command));
    }
    if (!ref.startsWith(Constants.R_HEADS)) {
      return new Verdict.Keep();
    }
    try (RevWalk walk = new RevWalk(repository)) {
      RevObject pushed = walk.parseAny(command.getNewId());
      if (deploys && walk.peel(pushed) instanceof RevCommit commit) {
        return new Verdict.Deploy(commit, drops(command, commit, walk));
      }
      if (pushed instanceof RevCommit) {
        return new Verdict.Keep();
      }
      return new Verdict.Refuse(
          pushed instanceof RevTag tag
              ? new RefRefusal.TagAsBranch(tag.getTagName(), brief(ref))
              : new RefRefusal.NotCommit(brief(ref)));
    }
  }

  /** Whoever lists the refs follows each tag to its end. */
  private boolean isNested(ObjectId pushed) throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      RevObject at = walk.parseAny(pushed);
      for (int tags = 0; at instanceof RevTag tag; tags++) {
        if (tags == MOST_TAGS) {
          return true;
        }
        at = walk.parseAny(tag.getObject());
      }
      return false;
    }
  }

  private static boolean drops(ReceiveCommand command, RevCommit commit, RevWalk walk)
      throws IOException {
    return command.getType() == ReceiveCommand.Type.UPDATE_NONFASTFORWARD
        && walk.parseAny(command.getOldId()) instanceof RevCommit old
        && !walk.isMergedInto(old, commit);
  }

  private RefRefusal collides(RefCollision collision, ReceiveCommand command) throws IOException {
    String ref = command.getRefName();
    String target = deployBranch.orElse(Constants.R_HEADS + "main");
    return switch (collision) {
      case RefCollision.Blocking(String branch) ->
          new RefRefusal.BlocksDeployBranch(ref, brief(branch));
      case RefCollision.Ambiguous(String shortName) -> {
        String tag = tagName(command);
        yield new RefRefusal.Ambiguous(ref, shortName, tag, target);
      }
    };
  }

  /** The name that a tag carries: the one that the client has it under. */
  private String tagName(ReceiveCommand command) throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      return walk.parseAny(command.getNewId()) instanceof RevTag tag ? tag.getTagName() : "<tag>";
    }
  }

  /** What to say of a ref that was kept. */
  void kept(ReceiveCommand command, PushLog log) {
    String ref = command.getRefName();
    if (command.getType() == ReceiveCommand.Type.DELETE) {
      return;
    }
    if (!ref.startsWith(Constants.R_HEADS)) {
      log.refKept(ref.startsWith(Constants.R_TAGS) ? "Tag " + brief(ref) : ref);
    } else if (deployBranch.isPresent()) {
      log.branchKept(brief(ref), brief(deployBranch.get()));
    } else {
      log.branchKept(brief(ref));
    }
  }

  static String brief(String ref) {
    return Repository.shortenRefName(ref);
  }
}
