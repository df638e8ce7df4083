package io.platform.slug;

import io.platform.commons.name.VariableNameRule;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Reads {@code env} of an app.json. */
final class EnvReader {
  private final AppJsonTokens json;
  private final Consumer<String> notes;
  private final SortedMap<String, DeclaredVar> declared = new TreeMap<>();
  private final SortedSet<String> required = new TreeSet<>();

  /**
   * Of these tokens.
   *
   * @param notes takes what has no effect
   */
  EnvReader(AppJsonTokens json, Consumer<String> notes) {
    this.json = json;
    this.notes = notes;
  }

  SortedMap<String, DeclaredVar> declared() {
    return declared;
  }

  /** Those that the app needs and for which the file has nothing. */
  SortedSet<String> required() {
    SortedSet<String> missing = new TreeSet<>(required);
    missing.removeAll(declared.keySet());
    return missing;
  }

  void read() throws IOException {
    json.object("`env`", this::read);
  }

  private void read(String name) throws IOException {
    if (!VariableNameRule.allows(name)) {
      throw json.wrong(
          "`%s` in `env` is no name for a config var: use letters, digits and underscores, with no digit first"
              .formatted(HealthCheckReader.shown(name)));
    }
    if (ConfigVars.isReserved(name)) {
      notes.accept(
          "app.json: %s in `env` is not used: the platform itself sets it.".formatted(name));
      json.skip();
      return;
    }
    if (json.isString()) {
      declared.put(name, new DeclaredVar.Value(json.string(name)));
      return;
    }
    json.object("`%s` in `env`".formatted(name), key -> read(name, key));
  }

  private void read(String name, String key) throws IOException {
    switch (key) {
      case "value" -> declared.put(name, new DeclaredVar.Value(json.string(key)));
      case "generator" -> generator(name).ifPresent(made -> declared.putIfAbsent(name, made));
      case "required" -> {
        if (json.flag(key)) {
          required.add(name);
        }
      }
      default -> json.skip();
    }
  }

  private Optional<DeclaredVar> generator(String name) throws IOException {
    if (json.string("generator").equals("secret")) {
      return Optional.of(new DeclaredVar.Secret());
    }
    notes.accept(
        "app.json: the generator of %s is not `secret`, so nothing sets %s.".formatted(name, name));
    return Optional.empty();
  }
}
