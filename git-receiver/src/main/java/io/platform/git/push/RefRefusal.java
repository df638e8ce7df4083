package io.platform.git.push;

/** Why a ref is not what the client wants it to be. */
public sealed interface RefRefusal extends PushRefusal {
  /** Another branch became the one that is built while this one was received. */
  record NotDeployBranch(String branch, String deployBranch) implements RefRefusal {}

  /** The deploy branch is not to be deleted. */
  record DeployBranchDeleted(String branch) implements RefRefusal {}

  /** The ref is the platform's own. */
  record Reserved(String ref) implements RefRefusal {}

  /** A branch must point to a commit. */
  record NotCommit(String branch) implements RefRefusal {}

  /** A branch that is not deployed must point to a commit itself, and not by way of a tag. */
  record TagAsBranch(String tag, String branch) implements RefRefusal {}

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
