package io.platform.git.push.refusal;

import io.platform.domain.Build;
import io.platform.domain.BuildFailureCause;
import io.platform.git.pack.PackProblem;
import java.time.Duration;
import java.util.List;

/**
 * A reason why a push or one of its refs is refused. {@link PushRefusalMessages} makes sentences of
 * it, for the pusher.
 */
public sealed interface PushRefusal {
  /** A reason that would also keep a build from being accepted. */
  record NotAccepted(BuildFailureCause.NotAccepted cause) implements PushRefusal {}

  /** A reason why a ref cannot be updated as the client asks. */
  sealed interface RefRefusal extends PushRefusal {
    /** The deploy branch is not to be deleted. */
    record DeployBranchDeleted(String branch) implements RefRefusal {}

    /** The ref is the platform's own. */
    record Reserved(String ref) implements RefRefusal {}

    /** A branch must point to a commit. */
    record NotCommit(String branch) implements RefRefusal {}

    /** A branch that is not deployed must point to a commit itself, and not by way of a tag. */
    record TagAsBranch(String tag, String branch) implements RefRefusal {}

    /** The tag is one of a tag of a tag, and so on, more often than the limit. */
    record NestedTag(String ref, int limit) implements RefRefusal {}

    /**
     * A client could not tell the ref from what its short name means.
     *
     * @param shortName as clients write it: of a deploy branch, or {@code HEAD}
     * @param tag the tag that was pushed, as far as it is known
     * @param deployBranch the full name of the branch that deploys
     */
    record Ambiguous(String ref, String shortName, String tag, String deployBranch)
        implements RefRefusal {}

    /** The ref and the deploy branch cannot both exist. */
    record BlocksDeployBranch(String ref, String branch) implements RefRefusal {}
  }

  /**
   * A reason why an upload was not taken; nothing of it was stored. Sizes and limits are in bytes.
   */
  sealed interface UploadRefusal extends PushRefusal {
    /** The pack is malformed, or exceeds a limit. */
    record BadPack(PackProblem problem) implements UploadRefusal {}

    /** The pack exceeds the limit. */
    record PackTooLarge(long limit) implements UploadRefusal {}

    /** An object in the pack exceeds the limit. */
    record ObjectTooLarge(long limit) implements UploadRefusal {}

    /** Objects are missing that the client itself does not have: its clone is shallow. */
    record ShallowClone() implements UploadRefusal {}

    /** An object is missing that the push refers to. */
    record MissingObject(String id) implements UploadRefusal {}

    /** An object is not as git wants it; the reason is that of {@code git fsck}. */
    record BrokenObject(String reason) implements UploadRefusal {}

    /** Trees have names that some file system takes for {@code .git}. */
    record ForbiddenNames(List<String> paths) implements UploadRefusal {}

    /** The client sent nothing for too long, or its connection broke. */
    record Stalled() implements UploadRefusal {}

    /** The client sent less than this many bytes a second. */
    record TooSlow(int bytesPerSecond) implements UploadRefusal {}

    /** The pack needs more memory than there is. */
    record TooComplex() implements UploadRefusal {}

    /** The upload is no good pack. */
    record Unreadable() implements UploadRefusal {}
  }

  /** A reason why the server cannot take a push that is in order. */
  sealed interface ServerRefusal extends PushRefusal {
    /** The server is stopping. */
    record Stopping() implements ServerRefusal {}

    /** Others push so much that this push got no turn. */
    record Busy() implements ServerRefusal {}

    /** The user uploads as much at once as one user may, and none of it ended in time. */
    record TooManyUploads(int most) implements ServerRefusal {}

    /**
     * Another push of the app is being received.
     *
     * @param endsWithin by when the platform ends it where its receiver is gone
     */
    record PushReceived(Build running, Duration since, Duration endsWithin)
        implements ServerRefusal {}

    /** Another build of the app is not settled. */
    record BuildRuns(Build running, Duration since) implements ServerRefusal {}
  }
}
