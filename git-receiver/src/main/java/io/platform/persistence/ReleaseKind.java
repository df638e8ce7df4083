package io.platform.persistence;

/** What made a release; decides whether its failure takes the app's config back. */
enum ReleaseKind {
  DEPLOY,
  CONFIG,
  ROLLBACK
}
