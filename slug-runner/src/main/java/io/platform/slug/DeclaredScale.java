package io.platform.slug;

import java.util.Optional;

/**
 * How many processes of a type an app.json wants, and how large they are.
 *
 * @param quantity empty where it says nothing
 * @param memoryMegabytes what each of them may use; empty for what the platform gives every process
 */
public record DeclaredScale(Optional<Integer> quantity, Optional<Integer> memoryMegabytes) {
  JsonObject toJson() {
    JsonObject json = new JsonObject();
    quantity.ifPresent(number -> json.with("quantity", number));
    memoryMegabytes.ifPresent(megabytes -> json.with("memory", megabytes));
    return json;
  }

  static DeclaredScale from(JsonObject json) throws BadFormatException {
    return new DeclaredScale(
        json.optionalNumber("quantity").map(Math::toIntExact),
        json.optionalNumber("memory").map(Math::toIntExact));
  }
}
