-- A release whose artifact is 'removed' was one with a slug; its columns tell which.

ALTER TABLE build ADD COLUMN removed_at BIGINT; -- when source and log were removed

DROP INDEX build_unsealed;
CREATE INDEX build_unsealed ON build (settled_at)
  WHERE settled_at IS NOT NULL AND sealed_log IS NULL AND removed_at IS NULL;
CREATE INDEX build_kept ON build (app_id, created_at) WHERE removed_at IS NULL;
CREATE INDEX app_release_kept ON app_release (app_id, version) WHERE artifact = 'slug';
