-- A release runs a slug or an image. That retention removed it is a property of the release, as of a build: when, or 0
-- where that was not written down. SQLite can lift NOT NULL only with a new table.
CREATE TABLE app_release_new (
  id                 TEXT NOT NULL PRIMARY KEY,
  app_id             TEXT NOT NULL REFERENCES app (id) ON DELETE CASCADE,
  version            INTEGER NOT NULL,
  artifact           TEXT NOT NULL,
  artifact_key       TEXT,
  artifact_size      INTEGER,
  artifact_sha256    TEXT,
  artifact_reference TEXT,
  artifact_digest    TEXT,
  config             TEXT NOT NULL,
  process_types      TEXT NOT NULL,
  cause              TEXT NOT NULL,
  commit_id          TEXT,
  build_id           TEXT,
  by_whom            TEXT NOT NULL,
  status             TEXT NOT NULL,
  failure            TEXT,
  slug_problem       TEXT,
  created_at         INTEGER NOT NULL,
  removed_at         INTEGER,
  UNIQUE (app_id, version),
  CHECK (
    CASE artifact
      WHEN 'slug' THEN artifact_key IS NOT NULL AND artifact_size IS NOT NULL AND artifact_sha256 IS NOT NULL
      WHEN 'image' THEN artifact_reference IS NOT NULL AND artifact_digest IS NOT NULL
      ELSE FALSE
    END)
) STRICT;

INSERT INTO app_release_new (id, app_id, version, artifact, artifact_key, artifact_size, artifact_sha256, config,
    process_types, cause, commit_id, build_id, by_whom, status, failure, slug_problem, created_at, removed_at)
  SELECT id, app_id, version, 'slug', artifact_key, artifact_size, artifact_sha256, config,
    process_types, cause, commit_id, build_id, by_whom, status, failure, slug_problem, created_at,
    CASE artifact WHEN 'removed' THEN 0 END
  FROM app_release;

DROP TABLE app_release;
ALTER TABLE app_release_new RENAME TO app_release;
CREATE INDEX app_release_kept ON app_release (app_id, version) WHERE removed_at IS NULL;
