ALTER TABLE app ADD COLUMN buildpacks TEXT NOT NULL DEFAULT '{}'; -- those that its developers chose for its builds, as JSON
