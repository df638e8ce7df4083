package io.platform.slug.build.buildpack;

import io.platform.slug.AppJson;
import io.platform.slug.BuildpackReference;
import io.platform.slug.ConfigVars;
import java.util.List;

/**
 * The buildpacks that an app chooses itself.
 *
 * @param by where it does so
 * @param buildpacks at least one, in the order in which they run
 */
public record BuildpackChoice(By by, List<BuildpackReference> buildpacks) {
  /** The ways to choose; the first of them that an app uses holds. */
  public enum By {
    APP("`platform buildpacks`"),
    BUILDPACK("the config var " + ConfigVars.BUILDPACK),
    BUILDPACK_URL("the config var BUILDPACK_URL"),
    LIST("the file .buildpacks"),
    MANIFEST("`buildpacks` in " + AppJson.FILE);

    private final String label;

    By(String label) {
      this.label = label;
    }

    /** What says so, to stand within a sentence. */
    public String label() {
      return label;
    }
  }

  /** Copies the list. */
  public BuildpackChoice {
    buildpacks = List.copyOf(buildpacks);
  }
}
