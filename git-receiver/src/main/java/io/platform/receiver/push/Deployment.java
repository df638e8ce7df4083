package io.platform.receiver.push;

import io.platform.app.Origin;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceiveCommand.Result;

/**
 * The part of a push that is to be built.
 *
 * @param toPusher says what belongs to no build
 */
record Deployment(Push push, ReceiveCommand command, RevCommit commit, PushLog toPusher) {
  Origin.Push origin() {
    return new Origin.Push(
        command.getRefName(), command.getOldId().name(), command.getNewId().name(), push.by());
  }

  boolean drops() {
    return command.getType() == ReceiveCommand.Type.UPDATE_NONFASTFORWARD;
  }

  /** The supervisor has moved the ref. */
  void deployed() {
    command.setResult(Result.OK);
  }

  void declined() {
    command.setResult(Result.REJECTED_OTHER_REASON, PushHook.DECLINED);
  }
}
