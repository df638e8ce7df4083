-- Times are milliseconds since 1970, sizes are bytes, digests are hexadecimal, config and process types are JSON.

CREATE TABLE setting (
  name  TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE app (
  id            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  customer      TEXT NOT NULL,
  namespace     TEXT COLLATE "C" NOT NULL,
  name          TEXT COLLATE "C" NOT NULL,
  deploy_branch TEXT,
  status        TEXT NOT NULL,
  config        TEXT NOT NULL, -- what the next release gets
  desired       INTEGER,       -- the version that should run
  live          INTEGER,       -- the newest version that came up
  cache_key     TEXT,
  cache_size    BIGINT,
  cache_sha256  TEXT,
  created_at    BIGINT NOT NULL,
  UNIQUE (namespace, name)
);

CREATE TABLE route (
  host   TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  app_id TEXT COLLATE "C" NOT NULL UNIQUE REFERENCES app (id) ON DELETE CASCADE
);

CREATE TABLE build (
  id              TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  app_id          TEXT COLLATE "C" NOT NULL REFERENCES app (id) ON DELETE CASCADE,
  origin          TEXT NOT NULL,
  ref             TEXT,
  old_commit_id   TEXT,
  commit_id       TEXT,
  by_whom         TEXT NOT NULL,
  owner           TEXT NOT NULL,
  status          TEXT NOT NULL,
  source_key      TEXT,
  source_size     BIGINT,
  source_sha256   TEXT,
  deadline        BIGINT,
  message         TEXT,
  exit_code       INTEGER,
  release         INTEGER,
  outcome         TEXT,
  outcome_message TEXT,
  sealed_log      TEXT,
  log_size        BIGINT NOT NULL,
  created_at      BIGINT NOT NULL,
  ended_at        BIGINT,
  settled_at      BIGINT
);

-- The app's lock: one build that is not settled.
CREATE UNIQUE INDEX build_unsettled ON build (app_id) WHERE settled_at IS NULL;
CREATE INDEX build_newest ON build (app_id, created_at);
CREATE INDEX build_unsealed ON build (settled_at) WHERE settled_at IS NOT NULL AND sealed_log IS NULL;

CREATE TABLE app_release (
  id              TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  app_id          TEXT COLLATE "C" NOT NULL REFERENCES app (id) ON DELETE CASCADE,
  version         INTEGER NOT NULL,
  kind            TEXT NOT NULL,
  artifact        TEXT NOT NULL,
  artifact_key    TEXT NOT NULL,
  artifact_size   BIGINT NOT NULL,
  artifact_sha256 TEXT NOT NULL,
  config          TEXT NOT NULL,
  process_types   TEXT NOT NULL,
  cause           TEXT NOT NULL,
  commit_id       TEXT,
  build_id        TEXT COLLATE "C",
  by_whom         TEXT NOT NULL,
  status          TEXT NOT NULL,
  message         TEXT,
  created_at      BIGINT NOT NULL,
  UNIQUE (app_id, version)
);

-- One row is one piece of whole lines; pos is its offset in the log. A writer with a stream of its own has keys that are
-- offsets in that stream, in as many digits that they sort as numbers do.
CREATE TABLE build_log (
  build_id  TEXT COLLATE "C" NOT NULL REFERENCES build (id) ON DELETE CASCADE,
  pos       BIGINT NOT NULL,
  source    TEXT NOT NULL,
  entry_key TEXT COLLATE "C" NOT NULL,
  text      BYTEA NOT NULL,
  PRIMARY KEY (build_id, pos),
  UNIQUE (build_id, source, entry_key)
);
