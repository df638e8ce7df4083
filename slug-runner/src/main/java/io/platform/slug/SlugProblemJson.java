package io.platform.slug;

import java.util.Optional;

/** A {@link SlugProblem} as JSON: a code and its parameters. */
public final class SlugProblemJson {
  private static final String PLATFORM_ANSWERED = "platform_answered";
  private static final String STORE_ANSWERED = "store_answered";
  private static final String TRANSFER_FAILED = "transfer_failed";
  private static final String DAMAGED = "damaged";

  /** Of earlier versions. */
  private static final String DESCRIBED = "told";

  private SlugProblemJson() {}

  /** As {@link #read} takes it. */
  public static JsonObject write(SlugProblem problem) {
    return switch (problem) {
      case SlugProblem.PlatformAnswered(int status, String detail) ->
          code(PLATFORM_ANSWERED).with("status", status).with("detail", detail);
      case SlugProblem.StoreAnswered(int status) -> code(STORE_ANSWERED).with("status", status);
      case SlugProblem.TransferFailed(Optional<String> detail) ->
          code(TRANSFER_FAILED).with("detail", detail.orElse(null));
      case SlugProblem.Damaged(String detail) -> code(DAMAGED).with("detail", detail);
      case SlugProblem.Described(String text) -> code(DESCRIBED).with("detail", text);
    };
  }

  private static JsonObject code(String code) {
    return new JsonObject().with("code", code);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws BadFormatException where the code is not known, or a parameter is missing
   */
  public static SlugProblem read(JsonObject json) throws BadFormatException {
    String code = json.string("code");
    return switch (code) {
      case PLATFORM_ANSWERED ->
          new SlugProblem.PlatformAnswered(status(json), json.string("detail"));
      case STORE_ANSWERED -> new SlugProblem.StoreAnswered(status(json));
      case TRANSFER_FAILED -> new SlugProblem.TransferFailed(json.optionalString("detail"));
      case DAMAGED -> new SlugProblem.Damaged(json.string("detail"));
      case DESCRIBED -> new SlugProblem.Described(json.string("detail"));
      default -> throw new BadFormatException("unknown problem with a slug: " + code);
    };
  }

  private static int status(JsonObject json) throws BadFormatException {
    long status = json.number("status");
    if (status < 100 || status > 999) {
      throw new BadFormatException("\"status\" is no HTTP status");
    }
    return (int) status;
  }
}
