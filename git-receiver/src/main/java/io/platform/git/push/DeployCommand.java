package io.platform.git.push;

import io.platform.domain.Origin;
import io.platform.domain.PushOption;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.transport.ReceiveCommand;

/**
 * The ref update of a push that is to be deployed.
 *
 * @param commit what is built, where a tag was pushed the commit that it leads to
 * @param drops whether the branch had commits that this one does not have
 * @param toPusher says what belongs to no build
 */
record DeployCommand(
    Push push, ReceiveCommand command, RevCommit commit, boolean drops, PushLog toPusher) {
  Origin.Push origin() {
    return new Origin.Push(
        command.getRefName(), command.getOldId().name(), commit.name(), push.by(), options());
  }

  /** Those that mean something. */
  private Set<PushOption> options() {
    return push.options().stream()
        .flatMap(word -> PushOption.of(word).stream())
        .collect(Collectors.toSet());
  }
}
