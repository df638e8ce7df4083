-- What happened to an app; ids count up within the app. The newest are kept.
CREATE TABLE app_event (
  app_id     ${key} NOT NULL REFERENCES app (id) ON DELETE CASCADE,
  id         ${bigint} NOT NULL,
  created_at ${bigint} NOT NULL,
  by_whom    TEXT,          -- the user's e-mail address; null for the platform
  kind       TEXT NOT NULL,
  detail     TEXT NOT NULL, -- its parameters, as JSON
  PRIMARY KEY (app_id, id)
) ${strict};
