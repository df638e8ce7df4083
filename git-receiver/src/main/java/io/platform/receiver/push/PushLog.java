package io.platform.receiver.push;

import io.platform.app.Build;
import java.time.Duration;
import java.util.List;

/** What the pusher is told, event by event. The wording is elsewhere: {@link PushWording}. */
public interface PushLog {
  /** Other pushes are being unpacked: this one waits. */
  void waiting();

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

  /** The client sent nothing for too long, or its connection broke. */
  void uploadStalled();

  /** The pack needs more memory than there is. */
  void packTooComplex();

  /** What was sent is no good pack; nothing was kept. */
  void unreadablePack();

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

  /** A branch must lead to a commit. */
  void notCommit(String branch);

  /** Another build of the app is not settled. */
  void buildRuns(Build running, Duration since);

  /** The push begins to become a build. */
  void received(Build build, String branch, String commit);

  /** The push drops commits that the branch had. */
  void forced(String branch, String oldCommit);

  /** The tree is stored. */
  void stored(int files, long bytes);

  /** The tree has submodules. */
  void submodules(List<String> paths, int count);

  /** The tree has pointers in place of files. */
  void lfsPointers(List<String> paths, int count);

  /** The tree is too large. */
  void checkoutTooLarge(long limit);

  /** The object store has no space for the source. */
  void storeFull();

  /** The object store did not take the source. */
  void notStored(String reference);

  /** The server's own disk is full. */
  void diskFull();

  /**
   * Something failed that should not; the operator finds it in the server's log under the
   * reference.
   */
  void failed(String reference);

  /** The server stops while the build goes on. */
  void interrupted();
}
