package io.platform.git.push;

import io.platform.domain.Build;
import io.platform.git.push.refusal.PushRefusal;
import java.time.Duration;

/**
 * Messages to a pusher that belong to no build, one method for each event. The wording is {@link
 * PushMessages}. What belongs to a build goes into its log, which the pusher follows: {@link
 * io.platform.buildlog.BuildLog}.
 */
public interface PushLog {
  /** Other pushes are being unpacked: this one waits. */
  void waiting();

  /** Other pushes hold the memory that this one needs: it waits. */
  void waitingForMemory();

  /**
   * The receiver of another push to the app may have died: this one waits until that push is ended.
   *
   * @param limit the longest time
   */
  void waitingForInterruptedPush(Duration limit);

  /** The push, or a ref of it, is not taken. */
  void refused(PushRefusal why);

  /** A push option that means nothing here. */
  void optionUnknown(String option);

  /** A branch was stored, and is not the one that is built. */
  void branchKept(String branch, String deployBranch);

  /** A branch was stored; no branch is built yet. */
  void branchKept(String branch);

  /** A tag or another ref was stored. */
  void refKept(String ref);

  /** The build goes on, and the push ends before it: it has been followed for so long. */
  void followedTooLong(Build build, Duration limit);

  /** The server stops while the build goes on. */
  void interrupted(Build build);
}
