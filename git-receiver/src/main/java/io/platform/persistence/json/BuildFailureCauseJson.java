package io.platform.persistence.json;

import io.platform.domain.BuildFailureCause;
import io.platform.slug.BadFormatException;
import io.platform.slug.JsonObject;
import java.time.Duration;

/** Failure causes of builds as JSON: a code and its parameters. Times are in milliseconds. */
public final class BuildFailureCauseJson {
  private static final String PUSH_INTERRUPTED = "push_interrupted";
  private static final String SOURCE_FAULTY = "source_faulty";
  private static final String NOT_DEPLOY_BRANCH = "not_deploy_branch";
  private static final String PUSH_TOO_LONG = "push_too_long";
  private static final String STORE_FULL = "store_full";
  private static final String SOURCE_NOT_STORED = "source_not_stored";
  private static final String DISK_FULL = "disk_full";
  private static final String DISK_NOT_WRITABLE = "disk_not_writable";
  private static final String SERVER_STOPPED = "server_stopped";
  private static final String PLATFORM_FAILED = "platform_failed";
  private static final String MACHINE_FAILED = "machine_failed";
  private static final String NAMESPACE_TAKEN = "namespace_taken";
  private static final String POD_REFUSED = "pod_refused";
  private static final String REPORTED = "reported";
  private static final String EXITED = "exited";
  private static final String RESULT_LOST = "result_lost";
  private static final String REPORT_UNUSABLE = "report_unusable";
  private static final String TIME_LIMIT = "time_limit";
  private static final String WEB_LOST = "web_lost";
  private static final String APP_DESTROYED = "app_destroyed";
  private static final String CANCELED = "canceled";

  /** The migration of rows of earlier releases writes this code, too. */
  private static final String STORED_SENTENCE = "told";

  private BuildFailureCauseJson() {}

  public static JsonObject write(BuildFailureCause cause) {
    return switch (cause) {
      case BuildFailureCause.PushInterrupted() -> code(PUSH_INTERRUPTED);
      case BuildFailureCause.NotAccepted notAccepted -> write(notAccepted);
      case BuildFailureCause.MachineFailed() -> code(MACHINE_FAILED);
      case BuildFailureCause.NamespaceTaken(var name) -> code(NAMESPACE_TAKEN).with("name", name);
      case BuildFailureCause.PodRefused(var detail) -> code(POD_REFUSED).with("detail", detail);
      case BuildFailureCause.Reported(int exitCode, var message) ->
          code(REPORTED).with("exit_code", exitCode).with("message", message);
      case BuildFailureCause.Exited(int exitCode, var detail) ->
          code(EXITED).with("exit_code", exitCode).with("detail", ExitDetailJson.write(detail));
      case BuildFailureCause.ResultLost() -> code(RESULT_LOST);
      case BuildFailureCause.ReportUnusable(var mismatch) ->
          code(REPORT_UNUSABLE).with("mismatch", ReportMismatchJson.write(mismatch));
      case BuildFailureCause.TimeLimit(var limit, var silent) ->
          code(TIME_LIMIT).with("limit", limit.toMillis()).with("silent", silent.toMillis());
      case BuildFailureCause.WebLost() -> code(WEB_LOST);
      case BuildFailureCause.AppDestroyed() -> code(APP_DESTROYED);
      case BuildFailureCause.Canceled(var by) -> code(CANCELED).with("by", by);
      case BuildFailureCause.StoredSentence(var sentence) ->
          code(STORED_SENTENCE).with("sentence", sentence);
    };
  }

  private static JsonObject write(BuildFailureCause.NotAccepted cause) {
    return switch (cause) {
      case BuildFailureCause.SourceFaulty(var faults) ->
          code(SOURCE_FAULTY).with("faults", faults.stream().map(SourceFaultJson::write).toList());
      case BuildFailureCause.NotDeployBranch(var branch, var deployBranch) ->
          code(NOT_DEPLOY_BRANCH).with("branch", branch).with("deploy_branch", deployBranch);
      case BuildFailureCause.PushTooLong(var limit) ->
          code(PUSH_TOO_LONG).with("limit", limit.toMillis());
      case BuildFailureCause.StoreFull() -> code(STORE_FULL);
      case BuildFailureCause.SourceNotStored(var reference) ->
          code(SOURCE_NOT_STORED).with("reference", reference);
      case BuildFailureCause.DiskFull() -> code(DISK_FULL);
      case BuildFailureCause.DiskNotWritable() -> code(DISK_NOT_WRITABLE);
      case BuildFailureCause.ServerStopped() -> code(SERVER_STOPPED);
      case BuildFailureCause.PlatformFailed(var reference) ->
          code(PLATFORM_FAILED).with("reference", reference);
    };
  }

  private static JsonObject code(String code) {
    return new JsonObject().with("code", code);
  }

  public static BuildFailureCause read(JsonObject json) throws BadFormatException {
    String code = json.string("code");
    return switch (code) {
      case PUSH_INTERRUPTED -> new BuildFailureCause.PushInterrupted();
      case SOURCE_FAULTY ->
          new BuildFailureCause.SourceFaulty(SourceFaultJson.read(json.list("faults")));
      case NOT_DEPLOY_BRANCH ->
          new BuildFailureCause.NotDeployBranch(
              json.string("branch"), json.string("deploy_branch"));
      case PUSH_TOO_LONG ->
          new BuildFailureCause.PushTooLong(Duration.ofMillis(json.number("limit")));
      case STORE_FULL -> new BuildFailureCause.StoreFull();
      case SOURCE_NOT_STORED -> new BuildFailureCause.SourceNotStored(json.string("reference"));
      case DISK_FULL -> new BuildFailureCause.DiskFull();
      case DISK_NOT_WRITABLE -> new BuildFailureCause.DiskNotWritable();
      case SERVER_STOPPED -> new BuildFailureCause.ServerStopped();
      case PLATFORM_FAILED -> new BuildFailureCause.PlatformFailed(json.string("reference"));
      case MACHINE_FAILED -> new BuildFailureCause.MachineFailed();
      case NAMESPACE_TAKEN -> new BuildFailureCause.NamespaceTaken(json.string("name"));
      case POD_REFUSED -> new BuildFailureCause.PodRefused(json.string("detail"));
      case REPORTED -> new BuildFailureCause.Reported(exitCode(json), json.string("message"));
      case EXITED ->
          new BuildFailureCause.Exited(exitCode(json), ExitDetailJson.read(json.object("detail")));
      case RESULT_LOST -> new BuildFailureCause.ResultLost();
      case REPORT_UNUSABLE ->
          new BuildFailureCause.ReportUnusable(ReportMismatchJson.read(json.object("mismatch")));
      case TIME_LIMIT ->
          new BuildFailureCause.TimeLimit(
              Duration.ofMillis(json.number("limit")), Duration.ofMillis(json.number("silent")));
      case WEB_LOST -> new BuildFailureCause.WebLost();
      case APP_DESTROYED -> new BuildFailureCause.AppDestroyed();
      case CANCELED -> new BuildFailureCause.Canceled(json.string("by"));
      case STORED_SENTENCE -> new BuildFailureCause.StoredSentence(json.string("sentence"));
      default -> throw new BadFormatException("unknown cause of a build's failure: " + code);
    };
  }

  private static int exitCode(JsonObject json) throws BadFormatException {
    return Math.toIntExact(json.number("exit_code"));
  }
}
