package io.platform.failure;

import io.platform.domain.BuildFailureCause;
import io.platform.domain.CommitIds;
import io.platform.domain.DeployFailureCause;
import io.platform.domain.ReleaseVersion;
import java.util.Optional;

/** Explains to the pusher why a push was not deployed: what failed, and what to do next. */
final class DeployCauseMessages {
  private DeployCauseMessages() {}

  static String of(DeployFailureCause cause) {
    return switch (cause) {
      case DeployFailureCause.BuildFailed(var why) -> BuildCauseMessages.of(why);
      case DeployFailureCause.BuildEnded(var status) ->
          "The build is %s.".formatted(status.word().replace('_', ' '));
      case DeployFailureCause.AppDestroyed() ->
          BuildCauseMessages.of(new BuildFailureCause.AppDestroyed());
      case DeployFailureCause.NotLive(var version, var why, var running) ->
          "%s did not come up: %s%s"
              .formatted(
                  version,
                  why.map(ReleaseCauseMessages::of).orElse("it is not known why."),
                  goesOn(running));
      case DeployFailureCause.Superseded(var version, var running) ->
          "%s did not come up before another release was wanted.%s"
              .formatted(version, goesOn(running));
      case DeployFailureCause.BranchMoved(var branch, var expected, var found) ->
          "%s is %s by now, and not %s: fetch, and push again"
              .formatted(branch, commit(found), commit(expected));
      case DeployFailureCause.StoredSentence(var sentence) -> sentence;
    };
  }

  private static String goesOn(Optional<ReleaseVersion> running) {
    return running.map("\n%s keeps running."::formatted).orElse("");
  }

  private static String commit(Optional<String> id) {
    return id.map(CommitIds::brief).orElse("absent");
  }
}
