package io.platform.app;

/** What a release runs. */
public sealed interface Artifact {
  /** A slug in the object store, found by its key alone. */
  record Slug(StoredObject object) implements Artifact {}
}
