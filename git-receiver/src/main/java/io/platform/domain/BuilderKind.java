package io.platform.domain;

import java.util.List;

/**
 * The kinds of builders, which turn a source into an artifact; each kind has a build runner of its
 * own.
 */
public sealed interface BuilderKind {
  /**
   * The platform's own builder: it makes a slug.
   *
   * @param buildpacks the names of those to use, in their order; empty where the builder finds out
   */
  record Slug(List<String> buildpacks) implements BuilderKind {
    /** The builder finds out which buildpack fits. */
    public static final Slug DETECTED = new Slug(List.of());

    /** Copies them. */
    public Slug {
      buildpacks = List.copyOf(buildpacks);
    }
  }

  /**
   * A Cloud Native Buildpacks builder: it makes an image.
   *
   * @param builderImage reference of its image
   */
  record CloudNative(String builderImage) implements BuilderKind {}
}
