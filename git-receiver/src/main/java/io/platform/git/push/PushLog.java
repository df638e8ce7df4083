package io.platform.git.push;

import io.platform.domain.Build;
import io.platform.git.pack.PackProblem;
import io.platform.git.source.SourceFault;
import java.time.Duration;
import java.util.List;

/** What the pusher is told, event by event. The wording is elsewhere: {@link PushMessages}. */
public interface PushLog {
  /** Other pushes are being unpacked: this one waits. */
  void waiting();

  /** Other pushes hold the memory that this one needs: it waits. */
  void waitingForMemory();

  /** The pack is malformed, or exceeds a limit. */
  void packRefused(PackProblem problem);

  /** The pack exceeds the limit. */
  void packTooLarge(long limit);

  /** An object in the pack exceeds the limit. */
  void objectTooLarge(long limit);

  /** Objects are missing that the client itself does not have: its clone is shallow. */
  void shallowClone();

  /** Objects are missing that the push refers to. */
  void missingObject(String object);

  /** An object is not as git wants it. */
  void brokenObject(String reason);

  /** Trees have names that some file system takes for {@code .git}. */
  void forbiddenNames(List<String> paths);

  /** The client sent nothing for too long, or its connection broke. */
  void uploadStalled();

  /** The client sends less than this many bytes a second. */
  void uploadTooSlow(int bytesPerSecond);

  /** Others push so much that this push got no turn. */
  void busy();

  /** The user pushes as much at once as one user may, and none of it ended in time. */
  void tooManyUploads(int most);

  /** The push took longer than it may, and nothing was accepted. */
  void tooLong(Duration limit);

  /** The build goes on, and the push ends before it: it has been followed for so long. */
  void followedTooLong(Build build, Duration limit);

  /** The pack needs more memory than there is. */
  void packTooComplex();

  /** What was sent is no good pack; nothing was kept. */
  void unreadablePack();

  /** A push option that means nothing here. */
  void optionUnknown(String option);

  /** A branch was stored, and is not the one that is built. */
  void branchKept(String branch, String deployBranch);

  /** A branch was stored; no branch is built yet. */
  void branchKept(String branch);

  /** Another branch became the one that is built while this one was received. */
  void branchNotBuilt(String branch, String deployBranch);

  /** A tag or another ref was stored. */
  void refKept(String ref);

  /** The deploy branch is not to be deleted. */
  void deployBranchStays(String branch);

  /** The ref is the platform's own. */
  void refReserved(String ref);

  /** A branch must point to a commit. */
  void notCommit(String branch);

  /** A branch that is not deployed must point to a commit itself, and not by way of a tag. */
  void tagAsBranch(String tag, String branch);

  /**
   * A client could not tell the ref from what its short name means.
   *
   * @param shortName as clients write it: of a deploy branch, or {@code HEAD}
   * @param tag the tag that was pushed, as far as it is known
   * @param deployBranch the full name of the branch that deploys
   */
  void refAmbiguous(String ref, String shortName, String tag, String deployBranch);

  /** The ref and the deploy branch cannot both exist. */
  void refBlocksBranch(String ref, String branch);

  /** Another build of the app is not settled. */
  void buildRuns(Build running, Duration since);

  /** The push begins to become a build. */
  void received(Build build, String branch, String commit);

  /** The build does not depend on the connection: how to follow and how to cancel it. */
  void followable(Build build);

  /** The push drops commits that the branch had. */
  void forced(String branch, String oldCommit);

  /** The tree is stored. */
  void stored(int files, long bytes);

  /** The tree cannot be deployed. */
  void sourceRefused(List<SourceFault> faults);

  /**
   * The object store does not answer; storing the source is tried again.
   *
   * @param patience for how long
   */
  void storeAway(Duration patience);

  /** The object store answers again. */
  void storeBack();

  /** The object store has no space for the source. */
  void storeFull();

  /** The object store did not take the source. */
  void notStored(String reference);

  /** The server's own disk is full. */
  void diskFull();

  /** The server's database or disk takes no writes. */
  void diskNotWritable();

  /**
   * Something failed that should not; the operator finds it in the server's log under the
   * reference.
   */
  void failed(String reference);

  /** The server stops before the push is accepted. */
  void notReceived();

  /** The server stops while the build goes on. */
  void interrupted();
}
