-- Times are milliseconds since 1970, sizes are bytes, digests are hexadecimal, config and process types are JSON.

CREATE TABLE setting (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE app (
  id            TEXT NOT NULL PRIMARY KEY,
  customer      TEXT NOT NULL,
  namespace     TEXT NOT NULL,
  name          TEXT NOT NULL,
  deploy_branch TEXT,
  status        TEXT NOT NULL,
  config        TEXT NOT NULL, -- what the next release gets
  desired       INTEGER,       -- the version that should run
  live          INTEGER,       -- the newest version that came up
  cache_key     TEXT,
  cache_size    INTEGER,
  cache_sha256  TEXT,
  created_at    INTEGER NOT NULL,
  UNIQUE (namespace, name)
) STRICT;

CREATE TABLE route (
  host   TEXT NOT NULL PRIMARY KEY,
  app_id TEXT NOT NULL UNIQUE REFERENCES app (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE build (
  id              TEXT NOT NULL PRIMARY KEY,
  app_id          TEXT NOT NULL REFERENCES app (id) ON DELETE CASCADE,
  origin          TEXT NOT NULL,
  ref             TEXT,
  old_commit_id   TEXT,
  commit_id       TEXT,
  by_whom         TEXT NOT NULL,
  owner           TEXT NOT NULL,
  status          TEXT NOT NULL,
  source_key      TEXT,
  source_size     INTEGER,
  source_sha256   TEXT,
  deadline        INTEGER,
  message         TEXT,
  exit_code       INTEGER,
  release         INTEGER,
  outcome         TEXT,
  outcome_message TEXT,
  sealed_log      TEXT,
  log_size        INTEGER NOT NULL,
  created_at      INTEGER NOT NULL,
  ended_at        INTEGER,
  settled_at      INTEGER
) STRICT;

-- The app's lock: one build that is not settled.
CREATE UNIQUE INDEX build_unsettled ON build (app_id) WHERE settled_at IS NULL;
CREATE INDEX build_newest ON build (app_id, created_at);
CREATE INDEX build_unsealed ON build (settled_at) WHERE settled_at IS NOT NULL AND sealed_log IS NULL;

CREATE TABLE app_release (
  id              TEXT NOT NULL PRIMARY KEY,
  app_id          TEXT NOT NULL REFERENCES app (id) ON DELETE CASCADE,
  version         INTEGER NOT NULL,
  kind            TEXT NOT NULL,
  artifact        TEXT NOT NULL,
  artifact_key    TEXT NOT NULL,
  artifact_size   INTEGER NOT NULL,
  artifact_sha256 TEXT NOT NULL,
  config          TEXT NOT NULL,
  process_types   TEXT NOT NULL,
  cause           TEXT NOT NULL,
  commit_id       TEXT,
  build_id        TEXT,
  by_whom         TEXT NOT NULL,
  status          TEXT NOT NULL,
  message         TEXT,
  created_at      INTEGER NOT NULL,
  UNIQUE (app_id, version)
) STRICT;

-- One row is one piece of whole lines; pos is its offset in the log. A writer with a stream of its own has keys that are
-- offsets in that stream, in as many digits that they sort as numbers do.
CREATE TABLE build_log (
  build_id  TEXT NOT NULL REFERENCES build (id) ON DELETE CASCADE,
  pos       INTEGER NOT NULL,
  source    TEXT NOT NULL,
  entry_key TEXT NOT NULL,
  text      BLOB NOT NULL,
  PRIMARY KEY (build_id, pos),
  UNIQUE (build_id, source, entry_key)
) STRICT, WITHOUT ROWID;
