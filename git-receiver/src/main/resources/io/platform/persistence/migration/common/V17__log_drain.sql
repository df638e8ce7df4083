-- Receivers of apps' logs outside the platform. The URL is encrypted, as config vars are.
CREATE TABLE log_drain (
  id ${key} NOT NULL PRIMARY KEY,
  app_id ${key} NOT NULL REFERENCES app (id) ON DELETE CASCADE,
  url TEXT NOT NULL,
  added_by TEXT NOT NULL,
  added_at ${bigint} NOT NULL,
  owner TEXT,                         -- the program that delivers it,
  owned_until ${bigint},              -- and when its claim ends, unless it is renewed (milliseconds)
  log_position TEXT,                      -- of the last line that was delivered
  delivered ${bigint} NOT NULL DEFAULT 0,
  dropped ${bigint} NOT NULL DEFAULT 0,
  dropping ${bigint} NOT NULL DEFAULT 0, -- left out since that line
  delivered_at ${bigint},
  problem TEXT                        -- why nothing is delivered now
)${strict};
CREATE INDEX log_drain_app ON log_drain (app_id);
