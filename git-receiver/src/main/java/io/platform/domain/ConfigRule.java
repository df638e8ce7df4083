package io.platform.domain;

import java.util.Map;
import java.util.Optional;

/** What a change of an app's config vars changes. */
public final class ConfigRule {
  private ConfigRule() {}

  /**
   * What is to be written.
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
