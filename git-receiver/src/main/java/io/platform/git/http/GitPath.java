package io.platform.git.http;

import io.platform.domain.AppPath;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path of a request that a git client sends: {@code /<namespace>/<app>.git/<service>}. Repeated
 * slashes count once.
 *
 * @param app empty where the names can be no app's
 * @param service what comes after the repository
 */
record GitPath(Optional<AppPath> app, String service) {
  /** What begins the paths of Git LFS files, after {@code info/lfs/}. */
  static final String LFS_OBJECTS = "objects/";

  private static final String LFS = "info/lfs";

  private static final Pattern SHAPE =
      Pattern.compile(
          "/([^/]+)/([^/]+)\\.git(?:/(info/refs|git-upload-pack|git-receive-pack|HEAD|objects/.*|info/lfs(?:/.*)?)?)?");

  /** Without {@code .git}, as people write it; nobody else has paths that end so. */
  private static final Pattern BRIEF =
      Pattern.compile("/([^/]+)/([^/]+)/(info/refs|git-upload-pack|git-receive-pack)");

  private static final Pattern ELSEWHERE =
      Pattern.compile("(?s)(?:/.*)?/(info/refs|git-upload-pack|git-receive-pack)");

  private static final Pattern SLASHES = Pattern.compile("/{2,}");

  /** Empty where the path is not of that shape, and somebody else's. */
  static Optional<GitPath> parse(String written) {
    String path = SLASHES.matcher(written).replaceAll("/");
    Matcher shape = SHAPE.matcher(path);
    if (shape.matches()) {
      return Optional.of(of(shape));
    }
    Matcher brief = BRIEF.matcher(path);
    if (brief.matches()) {
      return Optional.of(of(brief));
    }
    Matcher elsewhere = ELSEWHERE.matcher(path);
    return elsewhere.matches()
        ? Optional.of(new GitPath(Optional.empty(), elsewhere.group(1)))
        : Optional.empty();
  }

  private static GitPath of(Matcher shape) {
    String service = shape.group(3);
    return new GitPath(AppPath.of(shape.group(1), shape.group(2)), service == null ? "" : service);
  }

  boolean isLfs() {
    return service.startsWith(LFS);
  }

  /** What comes after {@code info/lfs/}; empty where nothing does. */
  String lfs() {
    return service.length() > LFS.length() ? service.substring(LFS.length() + 1) : "";
  }

  /** The SHA-256 in the path of a Git LFS file, as the client wrote it. */
  String lfsObject() {
    return lfs().substring(LFS_OBJECTS.length());
  }
}
