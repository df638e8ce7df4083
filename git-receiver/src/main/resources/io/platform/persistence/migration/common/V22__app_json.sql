-- What the platform uses of the app.json of a release's source, as JSON; nothing where it has none.
ALTER TABLE app_release ADD COLUMN app_json TEXT;

-- When the scripts of an app.json started and ended for a release (milliseconds), and why they failed, as JSON.
CREATE TABLE release_script (
  release_id ${key} NOT NULL REFERENCES app_release (id) ON DELETE CASCADE,
  script TEXT NOT NULL,
  started_at ${bigint},
  ended_at ${bigint},
  failure TEXT,
  PRIMARY KEY (release_id, script)
) ${strict};
