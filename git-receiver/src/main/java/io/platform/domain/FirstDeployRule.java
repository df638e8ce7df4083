package io.platform.domain;

import io.platform.slug.AppJson;
import io.platform.slug.DeclaredScale;
import io.platform.slug.SecretSeed;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an app takes over from its app.json at its first deploy: all that nobody has chosen before.
 */
public final class FirstDeployRule {
  private static final long MEGABYTE = 1024L * 1024;

  private FirstDeployRule() {}

  /** How many processes run, and how large they are. */
  public static Formation formation(Formation chosen, AppJson declared) {
    Formation formation = chosen;
    for (Map.Entry<String, DeclaredScale> entry : declared.formation().entrySet()) {
      String type = entry.getKey();
      DeclaredScale scale = entry.getValue();
      if (scale.quantity().isPresent() && chosen.scaledTo(type).isEmpty()) {
        formation = formation.withQuantity(type, scale.quantity().get());
      }
      if (scale.memoryMegabytes().isPresent() && !chosen.sizes().containsKey(type)) {
        formation =
            formation.withSize(
                type,
                new ProcessSize(
                    scale.memoryMegabytes().map(megabytes -> megabytes * MEGABYTE),
                    Optional.empty()));
      }
    }
    return formation;
  }

  /**
   * The config vars.
   *
   * @param seed of its secrets
   */
  public static Config config(Config set, AppJson declared, SecretSeed seed) {
    Map<String, Optional<String>> added = new HashMap<>();
    declared
        .env()
        .forEach((name, var) -> {
          if (!set.vars().containsKey(name)) {
            added.put(name, Optional.of(var.valueOf(name, seed)));
          }
        });
    return set.with(added);
  }
}
