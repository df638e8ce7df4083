package io.platform.slug;

import java.util.Optional;

/** The messages for slugs that a runner could not fetch so far, as clauses without a full stop. */
public final class SlugProblemMessages {
  private SlugProblemMessages() {}

  /** "the platform answered HTTP status 503", "no connection". */
  public static String of(SlugProblem problem) {
    return switch (problem) {
      case SlugProblem.PlatformAnswered(int status, String detail) ->
          "the platform answered " + detail;
      case SlugProblem.StoreAnswered(int status) ->
          "the object store answered HTTP status " + status;
      case SlugProblem.TransferFailed(Optional<String> detail) -> detail.orElse("no connection");
      case SlugProblem.Damaged(String detail) -> detail;
      case SlugProblem.Described(String text) -> text;
    };
  }
}
