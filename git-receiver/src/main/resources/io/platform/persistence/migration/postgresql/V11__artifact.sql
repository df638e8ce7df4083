-- A release runs a slug or an image. That retention removed it is a property of the release, as of a build: when, or 0
-- where that was not written down.
ALTER TABLE app_release ADD COLUMN artifact_reference TEXT;
ALTER TABLE app_release ADD COLUMN artifact_digest TEXT;
ALTER TABLE app_release ADD COLUMN removed_at BIGINT;
ALTER TABLE app_release ALTER COLUMN artifact_key DROP NOT NULL;
ALTER TABLE app_release ALTER COLUMN artifact_size DROP NOT NULL;
ALTER TABLE app_release ALTER COLUMN artifact_sha256 DROP NOT NULL;

DROP INDEX app_release_kept;
UPDATE app_release SET artifact = 'slug', removed_at = 0 WHERE artifact = 'removed';
CREATE INDEX app_release_kept ON app_release (app_id, version) WHERE removed_at IS NULL;

ALTER TABLE app_release ADD CHECK (
  CASE artifact
    WHEN 'slug' THEN artifact_key IS NOT NULL AND artifact_size IS NOT NULL AND artifact_sha256 IS NOT NULL
    WHEN 'image' THEN artifact_reference IS NOT NULL AND artifact_digest IS NOT NULL
    ELSE FALSE
  END);
