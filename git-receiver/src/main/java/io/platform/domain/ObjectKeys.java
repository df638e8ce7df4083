package io.platform.domain;

/**
 * Keys of what is stored for an app: {@code <clusterID>/<customerID>/<namespace>/<app>/…}, which
 * stay when the app is renamed, see {@link AppLocation}. Builds are keyed by their id, never by
 * commit: a rebuild must not overwrite what runs.
 */
public record ObjectKeys(String clusterId) {
  /** Everything of one app starts with this; ends with a slash. */
  public String app(App app) {
    return "%s/%s/".formatted(clusterId, app.location());
  }

  /** Everything of one build starts with this; ends with a slash. */
  public String build(App app, BuildId build) {
    return app(app) + "builds/" + build + "/";
  }

  /** The pushed tree, a tar.zst. */
  public String source(App app, BuildId build) {
    return build(app, build) + "source";
  }

  /** The slug, a tar.zst. */
  public String slug(App app, BuildId build) {
    return build(app, build) + "slug";
  }

  /** The archived log, UTF-8 text. */
  public String log(App app, BuildId build) {
    return build(app, build) + "log";
  }

  /** The contents of all Git LFS files start with this; ends with a slash. */
  public String lfsObjects(App app) {
    return app(app) + "lfs/";
  }

  /** The content of a Git LFS file, which apps do not share: each is read with its app's rights. */
  public String lfsObject(App app, Sha256 oid) {
    return lfsObjects(app) + oid;
  }

  /** What the buildpack left for the next build, a tar.zst. */
  public String cache(App app, BuildId build) {
    return build(app, build) + "cache";
  }
}
