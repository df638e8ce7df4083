-- Host names of their own at which apps answer, in lower case; wildcards as *.example.com.
CREATE TABLE app_domain (
  name       ${key} NOT NULL PRIMARY KEY,
  parent     ${key} NOT NULL, -- the name without its first label
  app_id     ${key} NOT NULL REFERENCES app (id) ON DELETE CASCADE,
  created_at ${bigint} NOT NULL
) ${strict};
CREATE INDEX app_domain_app ON app_domain (app_id);
CREATE INDEX app_domain_parent ON app_domain (parent);
-- Who adds a name holds this row: of a wildcard and a name under it, one is first.
INSERT INTO setting (name, value) VALUES ('domains', '');

-- Apps in maintenance, and what their visitors get; null for the platform's own page.
CREATE TABLE app_maintenance (
  app_id     ${key} NOT NULL PRIMARY KEY REFERENCES app (id) ON DELETE CASCADE,
  page_url   TEXT,
  page       TEXT,
  created_at ${bigint} NOT NULL
) ${strict};
