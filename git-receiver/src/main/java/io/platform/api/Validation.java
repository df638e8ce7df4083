package io.platform.api;

import io.platform.http.Problem;
import java.util.List;

/** Tells all that is wrong with a request at once. */
final class Validation {
  private Validation() {}

  /** Refuses the request unless the list is empty (422). */
  static void refuse(List<String> errors) {
    if (!errors.isEmpty()) {
      throw new Problem(422, String.join(" ", errors)).with("errors", List.copyOf(errors));
    }
  }
}
