package io.platform.slug.build.step;

import io.platform.commons.name.VariableNameRule;
import io.platform.slug.AppJson;
import io.platform.slug.ConfigVars;
import io.platform.slug.DeclaredVar;
import io.platform.slug.build.log.BuilderLog;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Adds the config vars that buildpacks have defaults for to those that an app.json declares: the
 * first deploy sets them where the app and its app.json have nothing, as on Heroku.
 */
public final class DefaultConfigVars {
  private DefaultConfigVars() {}

  /**
   * Adds those that are new.
   *
   * @param defaults what the buildpacks say
   * @param set the names of the config vars that the app has
   */
  public static AppJson add(
      AppJson declared, Map<String, String> defaults, Set<String> set, BuilderLog log) {
    SortedMap<String, DeclaredVar> env = new TreeMap<>();
    for (Map.Entry<String, String> entry : defaults.entrySet()) {
      String name = entry.getKey();
      if (!VariableNameRule.allows(name) || ConfigVars.isReserved(name)) {
        log.warning(
            "A buildpack has a default for the config var %s, which cannot be set. It is not used."
                .formatted(name));
      } else if (!set.contains(name) && !declared.env().containsKey(name)) {
        env.put(name, new DeclaredVar.Value(entry.getValue()));
      }
    }
    if (env.isEmpty()) {
      return declared;
    }
    log.body("Default config vars -> " + String.join(", ", env.keySet()));
    env.putAll(declared.env());
    return new AppJson(declared.formation(), declared.healthchecks(), env, declared.scripts());
  }
}
