package io.platform.domain;

/** What a release runs. */
public sealed interface Artifact {
  /** A slug in the object store, found by its key alone. */
  record Slug(StoredObject object) implements Artifact {}

  /**
   * What an old release ran: retention has removed it, and nothing can run it again.
   *
   * @param object what it was
   */
  record Removed(StoredObject object) implements Artifact {}
}
