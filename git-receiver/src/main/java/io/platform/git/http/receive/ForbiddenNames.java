package io.platform.git.http.receive;

import java.io.IOException;
import java.util.List;

/** A push has trees with names that some file system takes for {@code .git}. */
final class ForbiddenNames extends IOException {
  private static final long serialVersionUID = 1L;
  private final transient List<String> paths;

  ForbiddenNames(List<String> paths) {
    super("a tree has names that some file system takes for .git: " + paths);
    this.paths = List.copyOf(paths);
  }

  /** The first few, as they are in the tree. */
  List<String> paths() {
    return paths;
  }
}
