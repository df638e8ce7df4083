package io.platform.persistence.json;

import io.platform.domain.BuildStatus;
import io.platform.domain.DeployFailureCause;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.ReleaseVersion;
import io.platform.slug.BadFormatException;
import io.platform.slug.JsonObject;
import java.util.Optional;

/** Failure causes of deploys as JSON: a code and its parameters. */
public final class DeployFailureCauseJson {
  private static final String BUILD_FAILED = "build_failed";
  private static final String BUILD_ENDED = "build_ended";
  private static final String APP_DESTROYED = "app_destroyed";
  private static final String NOT_LIVE = "not_live";
  private static final String SUPERSEDED = "superseded";
  private static final String BRANCH_MOVED = "branch_moved";

  /** The migration of rows of earlier releases writes this code, too. */
  private static final String STORED_SENTENCE = "told";

  private DeployFailureCauseJson() {}

  public static JsonObject write(DeployFailureCause cause) {
    return switch (cause) {
      case DeployFailureCause.BuildFailed(var why) ->
          code(BUILD_FAILED).with("cause", BuildFailureCauseJson.write(why));
      case DeployFailureCause.BuildEnded(var status) ->
          code(BUILD_ENDED).with("status", status.word());
      case DeployFailureCause.AppDestroyed() -> code(APP_DESTROYED);
      case DeployFailureCause.NotLive(var version, var why, var running) ->
          release(NOT_LIVE, version, running)
              .with("cause", why.map(ReleaseFailureCauseJson::write).orElse(null));
      case DeployFailureCause.Superseded(var version, var running) ->
          release(SUPERSEDED, version, running);
      case DeployFailureCause.BranchMoved(var branch, var expected, var found) ->
          code(BRANCH_MOVED)
              .with("branch", branch)
              .with("expected", expected.orElse(null))
              .with("found", found.orElse(null));
      case DeployFailureCause.StoredSentence(var sentence) ->
          code(STORED_SENTENCE).with("sentence", sentence);
    };
  }

  private static JsonObject code(String code) {
    return new JsonObject().with("code", code);
  }

  private static JsonObject release(
      String code, ReleaseVersion version, Optional<ReleaseVersion> running) {
    return code(code)
        .with("version", version.number())
        .with("running", running.map(ReleaseVersion::number).orElse(null));
  }

  public static DeployFailureCause read(JsonObject json) throws BadFormatException {
    String code = json.string("code");
    return switch (code) {
      case BUILD_FAILED ->
          new DeployFailureCause.BuildFailed(BuildFailureCauseJson.read(json.object("cause")));
      case BUILD_ENDED ->
          new DeployFailureCause.BuildEnded(
              EnumWords.read(BuildStatus.class, json.string("status")));
      case APP_DESTROYED -> new DeployFailureCause.AppDestroyed();
      case NOT_LIVE ->
          new DeployFailureCause.NotLive(version(json), releaseFailure(json), running(json));
      case SUPERSEDED -> new DeployFailureCause.Superseded(version(json), running(json));
      case BRANCH_MOVED ->
          new DeployFailureCause.BranchMoved(
              json.string("branch"), json.optionalString("expected"), json.optionalString("found"));
      case STORED_SENTENCE -> new DeployFailureCause.StoredSentence(json.string("sentence"));
      default -> throw new BadFormatException("unknown cause of a deploy's failure: " + code);
    };
  }

  private static Optional<ReleaseFailureCause> releaseFailure(JsonObject json)
      throws BadFormatException {
    Optional<JsonObject> cause = json.optionalObject("cause");
    return cause.isEmpty()
        ? Optional.empty()
        : Optional.of(ReleaseFailureCauseJson.read(cause.get()));
  }

  private static ReleaseVersion version(JsonObject json) throws BadFormatException {
    return new ReleaseVersion(Math.toIntExact(json.number("version")));
  }

  private static Optional<ReleaseVersion> running(JsonObject json) throws BadFormatException {
    return json.optionalNumber("running").map(Math::toIntExact).map(ReleaseVersion::new);
  }
}
