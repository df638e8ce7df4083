package io.platform.persistence.json;

import io.platform.slug.BadFormatException;
import io.platform.slug.BuildpackReference;
import io.platform.slug.JsonObject;
import java.util.List;

/** The buildpacks that an app's developers chose, as JSON. */
public final class BuildpacksJson {
  private static final String BUILDPACKS = "buildpacks";

  private BuildpacksJson() {}

  public static JsonObject write(List<BuildpackReference> buildpacks) {
    return new JsonObject().with(BUILDPACKS, buildpacks.stream().map(Object::toString).toList());
  }

  public static List<BuildpackReference> read(JsonObject json) throws BadFormatException {
    return BuildpackReference.list(json, BUILDPACKS);
  }
}
