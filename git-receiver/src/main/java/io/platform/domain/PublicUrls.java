package io.platform.domain;

import java.net.URI;

/**
 * The addresses that users see.
 *
 * @param base scheme, host and port of the platform, without a path
 */
public record PublicUrls(URI base) {
  /** Where an app answers: the base with the app's host; ends with a slash. */
  public String app(App app) {
    return base.getScheme()
        + "://"
        + app.host()
        + (base.getPort() < 0 ? "" : ":" + base.getPort())
        + "/";
  }

  /** The git remote of an app. */
  public String git(App app) {
    return git(app.path());
  }

  /** The git remote of an app of this name. */
  public String git(AppPath app) {
    return "%s/%s/%s.git".formatted(base, app.namespace(), app.name());
  }
}
