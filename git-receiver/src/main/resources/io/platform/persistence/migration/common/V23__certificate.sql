-- The certificates of apps' domains. The key is encrypted, as config vars are.
CREATE TABLE app_certificate (
  id          ${key} NOT NULL PRIMARY KEY,
  domain      ${key} NOT NULL UNIQUE REFERENCES app_domain (name) ON DELETE CASCADE,
  app_id      ${key} NOT NULL REFERENCES app (id) ON DELETE CASCADE,
  chain       TEXT NOT NULL,    -- PEM, the domain's own first
  private_key TEXT NOT NULL,
  not_after   ${bigint} NOT NULL,
  warned      TEXT,             -- the last event about its end: expiring or expired
  created_at  ${bigint} NOT NULL
) ${strict};
CREATE INDEX app_certificate_app ON app_certificate (app_id);
