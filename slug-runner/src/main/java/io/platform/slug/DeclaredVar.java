package io.platform.slug;

/** What a config var of an app.json is set to at the first deploy. */
public sealed interface DeclaredVar {
  /** This value. */
  record Value(String value) implements DeclaredVar {}

  /** A secret, which the platform makes. */
  record Secret() implements DeclaredVar {}

  /** What the config var of this name is set to. */
  default String valueOf(String name, SecretSeed seed) {
    return switch (this) {
      case Value(String value) -> value;
      case Secret() -> seed.secret(name);
    };
  }

  /** As reports and releases hold it. */
  default JsonObject toJson() {
    return switch (this) {
      case Value(String value) -> new JsonObject().with("value", value);
      case Secret() -> new JsonObject().with("generator", "secret");
    };
  }

  /** Reads what {@link #toJson} wrote. */
  static DeclaredVar from(JsonObject json) throws BadFormatException {
    return json.has("generator") ? new Secret() : new Value(json.string("value"));
  }
}
