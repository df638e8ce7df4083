package io.platform.persistence.json;

import io.platform.domain.ExitDetail;
import io.platform.slug.BadFormatException;
import io.platform.slug.JsonObject;
import java.time.Duration;

/** Details of a process's end as JSON: a code and its parameters. Sizes are in bytes. */
final class ExitDetailJson {
  private static final String UNKNOWN = "unknown";
  private static final String CANCELED_IN_QUEUE = "canceled_in_queue";
  private static final String UNEXPECTED = "unexpected";
  private static final String TOO_MUCH_DISK = "too_much_disk";
  private static final String DISK_ALMOST_FULL = "disk_almost_full";
  private static final String OUT_OF_MEMORY = "out_of_memory";
  private static final String TIME_UP = "time_up";
  private static final String POD_DELETED = "pod_deleted";
  private static final String POD_DEADLINE = "pod_deadline";
  private static final String POD_ENDED = "pod_ended";
  private static final String CONTAINER_NOT_STARTED = "container_not_started";
  private static final String CONTAINER_NOT_MADE = "container_not_made";
  private static final String IMAGE_NOT_PULLED = "image_not_pulled";

  private ExitDetailJson() {}

  static JsonObject write(ExitDetail detail) {
    return switch (detail) {
      case ExitDetail.Unknown() -> code(UNKNOWN);
      case ExitDetail.CanceledInQueue() -> code(CANCELED_IN_QUEUE);
      case ExitDetail.Unexpected(var lastLine) ->
          code(UNEXPECTED).with("last_line", lastLine.orElse(null));
      case ExitDetail.TooMuchDisk(long bytes, long limit) ->
          code(TOO_MUCH_DISK).with("bytes", bytes).with("limit", limit);
      case ExitDetail.DiskAlmostFull(long bytes) -> code(DISK_ALMOST_FULL).with("bytes", bytes);
      case ExitDetail.OutOfMemory(var limit) -> code(OUT_OF_MEMORY).with("limit", limit);
      case ExitDetail.TimeUp(var limit) -> code(TIME_UP).with("seconds", limit.toSeconds());
      case ExitDetail.PodDeleted() -> code(POD_DELETED);
      case ExitDetail.PodDeadline() -> code(POD_DEADLINE);
      case ExitDetail.PodEnded(var why) -> code(POD_ENDED).with("detail", why);
      case ExitDetail.ContainerNotStarted(var why) ->
          code(CONTAINER_NOT_STARTED).with("detail", why);
      case ExitDetail.ContainerNotMade(var why) -> code(CONTAINER_NOT_MADE).with("detail", why);
      case ExitDetail.ImageNotPulled(var why) -> code(IMAGE_NOT_PULLED).with("detail", why);
    };
  }

  private static JsonObject code(String code) {
    return new JsonObject().with("code", code);
  }

  static ExitDetail read(JsonObject json) throws BadFormatException {
    String code = json.string("code");
    return switch (code) {
      case UNKNOWN -> new ExitDetail.Unknown();
      case CANCELED_IN_QUEUE -> new ExitDetail.CanceledInQueue();
      case UNEXPECTED -> new ExitDetail.Unexpected(json.optionalString("last_line"));
      case TOO_MUCH_DISK -> new ExitDetail.TooMuchDisk(json.number("bytes"), json.number("limit"));
      case DISK_ALMOST_FULL -> new ExitDetail.DiskAlmostFull(json.number("bytes"));
      case OUT_OF_MEMORY -> new ExitDetail.OutOfMemory(json.string("limit"));
      case TIME_UP -> new ExitDetail.TimeUp(Duration.ofSeconds(json.number("seconds")));
      case POD_DELETED -> new ExitDetail.PodDeleted();
      case POD_DEADLINE -> new ExitDetail.PodDeadline();
      case POD_ENDED -> new ExitDetail.PodEnded(json.string("detail"));
      case CONTAINER_NOT_STARTED -> new ExitDetail.ContainerNotStarted(json.string("detail"));
      case CONTAINER_NOT_MADE -> new ExitDetail.ContainerNotMade(json.string("detail"));
      case IMAGE_NOT_PULLED -> new ExitDetail.ImageNotPulled(json.string("detail"));
      default -> throw new BadFormatException("unknown end of a process: " + code);
    };
  }
}
