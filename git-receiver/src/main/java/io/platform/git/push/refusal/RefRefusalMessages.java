package io.platform.git.push.refusal;

import io.platform.git.push.refusal.PushRefusal.RefRefusal;
import java.util.List;

/** The messages that tell a pusher why a ref was not created, updated or deleted. */
final class RefRefusalMessages {
  private RefRefusalMessages() {}

  static List<String> lines(RefRefusal refusal) {
    return switch (refusal) {
      case RefRefusal.DeployBranchDeleted(String branch) ->
          List.of(
              "%s is the app's deploy branch and cannot be deleted.".formatted(branch),
              "To remove the app with all that belongs to it:   platform destroy");
      case RefRefusal.Reserved(String ref) ->
          List.of("%s is reserved for the platform. Push to a branch or a tag.".formatted(ref));
      case RefRefusal.NotCommit(String branch) ->
          List.of(
              "Branch %s must point to a commit. The pushed object is not a commit."
                  .formatted(branch));
      case RefRefusal.TagAsBranch(String tag, String branch) ->
          List.of(
              "Branch %s must point to a commit, and the tag %s was pushed to it."
                  .formatted(branch, tag),
              "To push the tag's commit:   git push platform %s^{}:refs/heads/%s"
                  .formatted(tag, branch));
      case RefRefusal.NestedTag(String ref, int limit) ->
          List.of(
              "%s was not stored: it is a tag of a tag of a tag, and so on, more than %d times."
                  .formatted(ref, limit),
              "Tag what the last of them points to, and push that tag.");
      case RefRefusal.Ambiguous(String ref, String name, String tag, String deployBranch) ->
          List.of(
              "%s was not stored: it makes the name %s ambiguous, so that clients can no longer push or check it out."
                  .formatted(ref, name),
              "To deploy a tag:   git push platform %s^{}:%s".formatted(tag, deployBranch),
              "To keep something under another name:   git push platform <what>:refs/tags/<name>");
      case RefRefusal.BlocksDeployBranch(String ref, String branch) ->
          List.of(
              "%s was not stored: git cannot have it and the deploy branch %s at the same time."
                  .formatted(ref, branch),
              "Push it under another name:   git push platform <what>:refs/heads/<name>");
    };
  }
}
