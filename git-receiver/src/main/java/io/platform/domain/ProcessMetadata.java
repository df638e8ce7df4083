package io.platform.domain;

import java.util.Map;
import java.util.TreeMap;

/** Environment variables that tell a process what it is part of. */
public final class ProcessMetadata {
  private ProcessMetadata() {}

  /**
   * Those of all processes of a release, without its config vars, which decide. Heroku's own are
   * those of its feature runtime-dyno-metadata (devcenter: dyno-metadata).
   */
  public static Map<String, String> of(App app, Release release) {
    Map<String, String> variables = new TreeMap<>();
    variables.put("PLATFORM_APP", app.path().name());
    variables.put("PLATFORM_NAMESPACE", app.path().namespace());
    variables.put("PLATFORM_RELEASE_VERSION", release.version().toString());
    release.commit().ifPresent(commit -> variables.put("SOURCE_VERSION", commit));
    if (app.options().has(AppFeature.HEROKU_METADATA)) {
      variables.put("HEROKU_APP_ID", app.id().value());
      variables.put("HEROKU_APP_NAME", app.path().name());
      variables.put("HEROKU_APP_DEFAULT_DOMAIN_NAME", app.host());
      variables.put("HEROKU_RELEASE_VERSION", release.version().toString());
      variables.put("HEROKU_RELEASE_CREATED_AT", release.createdAt().toString());
      release.commit().ifPresent(commit -> addCommit(commit, variables));
    }
    return variables;
  }

  private static void addCommit(String commit, Map<String, String> variables) {
    variables.put("HEROKU_BUILD_COMMIT", commit);
    variables.put("HEROKU_SLUG_COMMIT", commit);
    variables.put(
        "HEROKU_SLUG_DESCRIPTION", "Deploy " + commit.substring(0, Math.min(8, commit.length())));
  }
}
