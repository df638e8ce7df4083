package io.platform.persistence.json;

import io.platform.domain.ExitDetail;
import io.platform.domain.ReleaseCommandKind;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.ReleaseVersion;
import io.platform.slug.BadFormatException;
import io.platform.slug.JsonObject;
import io.platform.slug.SlugProblem;
import io.platform.slug.SlugProblemJson;
import java.time.Duration;
import java.util.Optional;

/** Failure causes of releases as JSON: a code and its parameters. Times are in milliseconds. */
public final class ReleaseFailureCauseJson {
  private static final String EXITED = "exited";
  private static final String DID_NOT_STAY_UP = "did_not_stay_up";
  private static final String STARTS_AGAIN = "starts_again";
  private static final String DID_NOT_LISTEN = "did_not_listen";
  private static final String PORT_TAKEN = "port_taken";
  private static final String NO_FREE_PORT = "no_free_port";
  private static final String NOT_STARTED = "not_started";
  private static final String SLUG_NOT_FETCHED = "slug_not_fetched";
  private static final String POD_NOT_STARTED = "pod_not_started";
  private static final String POD_STUCK = "pod_stuck";
  private static final String NO_ROOM = "no_room";
  private static final String WAITS_FOR_ROOM = "waits_for_room";
  private static final String QUOTA_USED_UP = "quota_used_up";
  private static final String PODS_REFUSED = "pods_refused";
  private static final String PODS_NOT_UP = "pods_not_up";
  private static final String NO_END = "no_end";
  private static final String SAME_NAMES = "same_names";
  private static final String HEALTH_CHECK_FAILED = "health_check_failed";
  private static final String SCRIPT_FAILED = "script_failed";
  private static final String RELEASE_COMMAND_FAILED = "release_command_failed";
  private static final String RELEASE_COMMAND_TIMED_OUT = "release_command_timed_out";
  private static final String RELEASE_COMMAND_INTERRUPTED = "release_command_interrupted";
  private static final String CANCELED = "canceled";
  private static final String SUPERSEDED = "superseded";
  private static final String OVERTAKEN = "overtaken";

  /** The migration of rows of earlier releases writes this code, too. */
  private static final String STORED_SENTENCE = "told";

  private ReleaseFailureCauseJson() {}

  public static JsonObject write(ReleaseFailureCause cause) {
    return switch (cause) {
      case ReleaseFailureCause.Exited(int exitCode, var detail, var pod) ->
          ended(EXITED, exitCode, detail).with("pod", pod.orElse(null));
      case ReleaseFailureCause.DidNotStayUp(var process, int exitCode, var detail, var pod) ->
          ended(DID_NOT_STAY_UP, exitCode, detail)
              .with("process", process)
              .with("pod", pod.orElse(null));
      case ReleaseFailureCause.StartsAgain(int exitCode, var detail) ->
          ended(STARTS_AGAIN, exitCode, detail);
      case ReleaseFailureCause.DidNotListen(int port, var within, var other, var pod) ->
          code(DID_NOT_LISTEN)
              .with("port", port)
              .with("within", within.toMillis())
              .with("other", other.orElse(null))
              .with("pod", pod.orElse(null));
      case ReleaseFailureCause.PortTaken(int port, boolean isolated) ->
          code(PORT_TAKEN).with("port", port).with("sealed", isolated);
      case ReleaseFailureCause.NoFreePort(int first, int last) ->
          code(NO_FREE_PORT).with("first", first).with("last", last);
      case ReleaseFailureCause.NotStarted(var detail) -> detail(NOT_STARTED, detail);
      case ReleaseFailureCause.SlugNotFetched(var problem) ->
          code(SLUG_NOT_FETCHED).with("problem", SlugProblemJson.write(problem));
      case ReleaseFailureCause.PodNotStarted(var pod, var detail) ->
          code(POD_NOT_STARTED).with("pod", pod).with("detail", ExitDetailJson.write(detail));
      case ReleaseFailureCause.PodStuck(boolean image, var detail) ->
          detail(POD_STUCK, detail).with("image", image);
      case ReleaseFailureCause.NoRoom(var pod, var detail) ->
          detail(NO_ROOM, detail).with("pod", pod);
      case ReleaseFailureCause.WaitsForRoom(var detail) -> detail(WAITS_FOR_ROOM, detail);
      case ReleaseFailureCause.QuotaUsedUp(var detail) -> detail(QUOTA_USED_UP, detail);
      case ReleaseFailureCause.PodsRefused(var detail) -> detail(PODS_REFUSED, detail);
      case ReleaseFailureCause.PodsNotUp(int up, int wanted, var within) ->
          code(PODS_NOT_UP).with("up", up).with("wanted", wanted).with("within", within.toMillis());
      case ReleaseFailureCause.NoEnd(var version, var within) ->
          code(NO_END).with("version", version.number()).with("within", within.toMillis());
      case ReleaseFailureCause.SameNames(var type, var other) ->
          code(SAME_NAMES).with("type", type).with("other", other);
      case ReleaseFailureCause.HealthCheckFailed(
              var kind,
              var process,
              var asked,
              var answer,
              int attempts) ->
          code(HEALTH_CHECK_FAILED)
              .with("kind", kind)
              .with("process", process)
              .with("asked", asked)
              .with("answer", answer)
              .with("attempts", attempts);
      case ReleaseFailureCause.ScriptFailed(var kind, var why) ->
          code(SCRIPT_FAILED).with("script", kind.word()).with("why", write(why));
      case ReleaseFailureCause.ReleaseCommandFailed(int exitCode, var detail) ->
          ended(RELEASE_COMMAND_FAILED, exitCode, detail);
      case ReleaseFailureCause.ReleaseCommandTimedOut(var limit) ->
          code(RELEASE_COMMAND_TIMED_OUT).with("within", limit.toMillis());
      case ReleaseFailureCause.ReleaseCommandInterrupted() -> code(RELEASE_COMMAND_INTERRUPTED);
      case ReleaseFailureCause.Canceled(var by) -> code(CANCELED).with("by", by);
      case ReleaseFailureCause.Superseded() -> code(SUPERSEDED);
      case ReleaseFailureCause.Overtaken() -> code(OVERTAKEN);
      case ReleaseFailureCause.StoredSentence(var sentence) ->
          code(STORED_SENTENCE).with("sentence", sentence);
    };
  }

  private static JsonObject code(String code) {
    return new JsonObject().with("code", code);
  }

  private static JsonObject detail(String code, String detail) {
    return code(code).with("detail", detail);
  }

  private static JsonObject ended(String code, int exitCode, ExitDetail detail) {
    return code(code).with("exit_code", exitCode).with("detail", ExitDetailJson.write(detail));
  }

  public static ReleaseFailureCause read(JsonObject json) throws BadFormatException {
    String code = json.string("code");
    return switch (code) {
      case EXITED ->
          new ReleaseFailureCause.Exited(
              number(json, "exit_code"), exit(json), json.optionalString("pod"));
      case DID_NOT_STAY_UP ->
          new ReleaseFailureCause.DidNotStayUp(
              json.string("process"),
              number(json, "exit_code"),
              exit(json),
              json.optionalString("pod"));
      case STARTS_AGAIN ->
          new ReleaseFailureCause.StartsAgain(number(json, "exit_code"), exit(json));
      case DID_NOT_LISTEN ->
          new ReleaseFailureCause.DidNotListen(
              number(json, "port"),
              within(json),
              json.optionalNumber("other").map(Math::toIntExact),
              json.optionalString("pod"));
      case PORT_TAKEN ->
          new ReleaseFailureCause.PortTaken(number(json, "port"), json.flag("sealed"));
      case NO_FREE_PORT ->
          new ReleaseFailureCause.NoFreePort(number(json, "first"), number(json, "last"));
      case NOT_STARTED -> new ReleaseFailureCause.NotStarted(json.string("detail"));
      case SLUG_NOT_FETCHED -> new ReleaseFailureCause.SlugNotFetched(slugProblem(json));
      case POD_NOT_STARTED ->
          new ReleaseFailureCause.PodNotStarted(json.string("pod"), podExit(json));
      case POD_STUCK -> new ReleaseFailureCause.PodStuck(json.flag("image"), json.string("detail"));
      case NO_ROOM -> new ReleaseFailureCause.NoRoom(json.string("pod"), json.string("detail"));
      case WAITS_FOR_ROOM -> new ReleaseFailureCause.WaitsForRoom(json.string("detail"));
      case QUOTA_USED_UP -> new ReleaseFailureCause.QuotaUsedUp(json.string("detail"));
      case PODS_REFUSED -> new ReleaseFailureCause.PodsRefused(json.string("detail"));
      case PODS_NOT_UP ->
          new ReleaseFailureCause.PodsNotUp(
              number(json, "up"), number(json, "wanted"), within(json));
      case NO_END ->
          new ReleaseFailureCause.NoEnd(new ReleaseVersion(number(json, "version")), within(json));
      case SAME_NAMES ->
          new ReleaseFailureCause.SameNames(json.string("type"), json.string("other"));
      case HEALTH_CHECK_FAILED ->
          new ReleaseFailureCause.HealthCheckFailed(
              json.string("kind"),
              json.string("process"),
              json.string("asked"),
              json.string("answer"),
              number(json, "attempts"));
      case SCRIPT_FAILED ->
          new ReleaseFailureCause.ScriptFailed(script(json), read(json.object("why")));
      case RELEASE_COMMAND_FAILED ->
          new ReleaseFailureCause.ReleaseCommandFailed(number(json, "exit_code"), exit(json));
      case RELEASE_COMMAND_TIMED_OUT ->
          new ReleaseFailureCause.ReleaseCommandTimedOut(within(json));
      case RELEASE_COMMAND_INTERRUPTED -> new ReleaseFailureCause.ReleaseCommandInterrupted();
      case CANCELED -> new ReleaseFailureCause.Canceled(json.string("by"));
      case SUPERSEDED -> new ReleaseFailureCause.Superseded();
      case OVERTAKEN -> new ReleaseFailureCause.Overtaken();
      case STORED_SENTENCE -> new ReleaseFailureCause.StoredSentence(json.string("sentence"));
      default -> throw new BadFormatException("unknown cause of a release's failure: " + code);
    };
  }

  private static ReleaseCommandKind script(JsonObject json) throws BadFormatException {
    String word = json.string("script");
    return ReleaseCommandKind.parse(word)
        .orElseThrow(() -> new BadFormatException("unknown script: " + word));
  }

  /** An earlier version of the platform stored the runner's words, in the detail. */
  private static SlugProblem slugProblem(JsonObject json) throws BadFormatException {
    return json.has("problem")
        ? SlugProblemJson.read(json.object("problem"))
        : new SlugProblem.Described(json.string("detail"));
  }

  private static int number(JsonObject json, String name) throws BadFormatException {
    return Math.toIntExact(json.number(name));
  }

  private static Duration within(JsonObject json) throws BadFormatException {
    return Duration.ofMillis(json.number("within"));
  }

  private static ExitDetail exit(JsonObject json) throws BadFormatException {
    return ExitDetailJson.read(json.object("detail"));
  }

  private static ExitDetail.OfPod podExit(JsonObject json) throws BadFormatException {
    return Optional.of(exit(json))
        .filter(ExitDetail.OfPod.class::isInstance)
        .map(ExitDetail.OfPod.class::cast)
        .orElseThrow(() -> new BadFormatException("\"detail\" is not of a pod"));
  }
}
