package io.platform.domain;

import io.platform.slug.AppJson;
import io.platform.slug.ProcessTypes;
import java.util.Optional;

/**
 * A release that has no number yet.
 *
 * @param by who made it (e-mail)
 */
public record ReleaseDraft(
    ReleaseCause cause,
    Artifact artifact,
    Config config,
    ProcessTypes processTypes,
    AppJson appJson,
    Optional<String> commit,
    Optional<BuildId> build,
    String by) {

  /** Of what a build made, with the app's config. */
  public static ReleaseDraft ofBuild(Build build, BuildEnd.Succeeded end, Config config) {
    Optional<String> commit = build.origin().commitId();
    return new ReleaseDraft(
        new ReleaseCause.Deploy(commit),
        end.artifact(),
        config,
        end.processTypes(),
        end.appJson(),
        commit,
        Optional.of(build.id()),
        build.origin().by());
  }

  /**
   * Of what a release runs, with another config.
   *
   * @param before what the change is told against
   */
  public static ReleaseDraft ofConfig(Release release, Config before, Config after, String by) {
    return again(ReleaseCause.ConfigChange.between(before, after), release, after, by);
  }

  /** Of what an earlier release was, its config included. */
  public static ReleaseDraft ofRollback(Release to, String by) {
    return again(new ReleaseCause.Rollback(to.version()), to, to.config(), by);
  }

  private static ReleaseDraft again(ReleaseCause cause, Release of, Config config, String by) {
    return new ReleaseDraft(
        cause,
        of.artifact(),
        config,
        of.processTypes(),
        of.appJson(),
        of.commit(),
        Optional.empty(),
        by);
  }
}
