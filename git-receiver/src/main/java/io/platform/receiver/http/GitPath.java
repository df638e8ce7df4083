package io.platform.receiver.http;

import io.platform.app.AppPath;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path of a request that a git client sends: {@code /<namespace>/<app>.git/<service>}.
 *
 * @param app empty where the names can be no app's
 * @param service what comes after the repository
 */
record GitPath(Optional<AppPath> app, String service) {
  private static final Pattern SHAPE =
      Pattern.compile(
          "/([^/]+)/([^/]+)\\.git(?:/(info/refs|git-upload-pack|git-receive-pack|HEAD|objects/.*|info/lfs(?:/.*)?)?)?");

  /** Empty where the path is not of that shape, and somebody else's. */
  static Optional<GitPath> parse(String path) {
    Matcher shape = SHAPE.matcher(path);
    if (!shape.matches()) {
      return Optional.empty();
    }
    String service = shape.group(3);
    return Optional.of(
        new GitPath(AppPath.of(shape.group(1), shape.group(2)), service == null ? "" : service));
  }

  boolean isLfs() {
    return service.startsWith("info/lfs");
  }
}
