package io.platform.domain;

import java.util.Map;
import java.util.Optional;

/** The rule for changes of an app's config vars. */
public final class ConfigRule {
  private ConfigRule() {}

  /**
   * The change to write.
   *
   * @param cause what becomes of which var
   * @param config the app's from now on
   * @param release the release to be made; none before the app's first one is live, which the
   *     config then waits for
   */
  public record Change(
      ReleaseCause.ConfigChange cause, Config config, Optional<ReleaseDraft> release) {
    /** Whether the config is another one. */
    public boolean changes() {
      return !(cause.set().isEmpty() && cause.unset().isEmpty());
    }
  }

  /**
   * Decides.
   *
   * @param vars by name; empty to unset one
   * @param live the release that came up last
   */
  public static Change of(
      Config before, Map<String, Optional<String>> vars, Optional<Release> live, String by) {
    Config after = before.with(vars);
    return new Change(
        ReleaseCause.ConfigChange.between(before, after),
        after,
        live.filter(release -> !after.equals(before))
            .map(release -> ReleaseDraft.ofConfig(release, before, after, by)));
  }
}
