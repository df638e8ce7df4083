package io.platform.slug;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the platform uses of an app's {@code app.json}.
 *
 * @param formation how many processes of which type run from the first deploy on, by process type
 * @param healthchecks by process type
 * @param env config vars of the first deploy, by name
 * @param scripts commands that run at deploys
 */
public record AppJson(
    SortedMap<String, DeclaredScale> formation,
    SortedMap<String, List<HealthCheck>> healthchecks,
    SortedMap<String, DeclaredVar> env,
    DeployScripts scripts) {
  /** The file's name, at the root of the tree. */
  public static final String FILE = "app.json";

  /**
   * The most that {@link #toJson()} may take together with the process types, as bytes: a {@link
   * BuildReport} has both, and always fits its limit.
   */
  public static final int MAX_JSON_BYTES = ProcessTypes.MAX_JSON_BYTES;

  /** Nothing is declared. */
  public static final AppJson NONE =
      new AppJson(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), DeployScripts.NONE);

  /** Copies the maps. */
  public AppJson {
    formation = Collections.unmodifiableSortedMap(new TreeMap<>(formation));
    SortedMap<String, List<HealthCheck>> checks = new TreeMap<>();
    healthchecks.forEach((type, list) -> checks.put(type, List.copyOf(list)));
    healthchecks = Collections.unmodifiableSortedMap(checks);
    env = Collections.unmodifiableSortedMap(new TreeMap<>(env));
  }

  /** Whether nothing is declared. */
  public boolean isEmpty() {
    return equals(NONE);
  }

  /** The checks of a kind of a process type, in their order. */
  public List<HealthCheck> checks(String type, HealthCheck.Kind kind) {
    return healthchecks.getOrDefault(type, List.of()).stream()
        .filter(check -> check.kind() == kind)
        .toList();
  }

  /** As reports and releases hold it; what is not declared is left out. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject();
    if (!formation.isEmpty()) {
      JsonObject scales = new JsonObject();
      formation.forEach((type, scale) -> scales.with(type, scale.toJson()));
      json.with("formation", scales);
    }
    if (!healthchecks.isEmpty()) {
      JsonObject checks = new JsonObject();
      healthchecks.forEach(
          (type, list) -> checks.with(type, list.stream().map(HealthCheck::toJson).toList()));
      json.with("healthchecks", checks);
    }
    if (!env.isEmpty()) {
      JsonObject vars = new JsonObject();
      env.forEach((name, declared) -> vars.with(name, declared.toJson()));
      json.with("env", vars);
    }
    return scripts.equals(DeployScripts.NONE) ? json : json.with("scripts", scripts.toJson());
  }

  /** Reads what {@link #toJson} wrote. */
  public static AppJson from(JsonObject json) throws BadFormatException {
    SortedMap<String, DeclaredScale> formation = new TreeMap<>();
    for (Map.Entry<String, JsonObject> scale : objects(json, "formation").entrySet()) {
      formation.put(scale.getKey(), DeclaredScale.from(scale.getValue()));
    }
    SortedMap<String, DeclaredVar> env = new TreeMap<>();
    for (Map.Entry<String, JsonObject> declared : objects(json, "env").entrySet()) {
      env.put(declared.getKey(), DeclaredVar.from(declared.getValue()));
    }
    Optional<JsonObject> scripts = json.optionalObject("scripts");
    return new AppJson(
        formation,
        checks(json.optionalObject("healthchecks").orElseGet(JsonObject::new)),
        env,
        scripts.isPresent() ? DeployScripts.from(scripts.get()) : DeployScripts.NONE);
  }

  private static SortedMap<String, JsonObject> objects(JsonObject json, String name)
      throws BadFormatException {
    SortedMap<String, JsonObject> objects = new TreeMap<>();
    JsonObject members = json.optionalObject(name).orElseGet(JsonObject::new);
    for (String member : members.names()) {
      objects.put(member, members.object(member));
    }
    return objects;
  }

  private static SortedMap<String, List<HealthCheck>> checks(JsonObject json)
      throws BadFormatException {
    SortedMap<String, List<HealthCheck>> checks = new TreeMap<>();
    for (String type : json.names()) {
      List<HealthCheck> list = new ArrayList<>();
      for (Object check : json.list(type)) {
        if (!(check instanceof JsonObject object)) {
          throw new BadFormatException("a health check is not an object");
        }
        list.add(HealthCheck.from(object));
      }
      checks.put(type, list);
    }
    return checks;
  }
}
