package io.platform.domain;

import io.platform.slug.ProcessTypes;
import java.util.List;
import java.util.Optional;

/** The commands that a release may have, each of which runs once, in this order. */
public enum ReleaseCommandKind {
  /** {@code scripts.dokku.predeploy} of app.json. */
  PREDEPLOY("predeploy", true),
  /** The Procfile's type {@code release}. */
  RELEASE(ProcessTypes.RELEASE, true),
  /** {@code scripts.postdeploy} of app.json: for the first release of an app alone. */
  FIRST_POSTDEPLOY("first-postdeploy", false),
  /** {@code scripts.dokku.postdeploy} of app.json. */
  POSTDEPLOY("postdeploy", false);

  private final String word;
  private final boolean beforeTraffic;

  ReleaseCommandKind(String word, boolean beforeTraffic) {
    this.word = word;
    this.beforeTraffic = beforeTraffic;
  }

  /** In names of processes, pods and rows; {@link #parse} reads it. */
  public String word() {
    return word;
  }

  /** Whether a release gets traffic only after it has succeeded. */
  public boolean isBeforeTraffic() {
    return beforeTraffic;
  }

  /** The kind that has this {@link #word}. */
  public static Optional<ReleaseCommandKind> parse(String word) {
    return List.of(values()).stream().filter(kind -> kind.word.equals(word)).findFirst();
  }

  /** As messages call it. */
  public String title() {
    return switch (this) {
      case PREDEPLOY -> "predeploy script";
      case RELEASE -> "release command";
      case FIRST_POSTDEPLOY -> "first postdeploy script";
      case POSTDEPLOY -> "postdeploy script";
    };
  }
}
