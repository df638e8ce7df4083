package io.platform.domain;

/** The result of a build, which a release runs. */
public sealed interface Artifact {
  /** A slug in the object store, found by its key alone. */
  record Slug(StoredObject object) implements Artifact {}

  /**
   * A container image in a registry.
   *
   * @param reference as a runtime pulls it, with registry and repository
   * @param digest of its manifest, such as {@code sha256:…} (OCI image specification)
   */
  record Image(String reference, String digest) implements Artifact {}
}
