-- Where an app's things are kept, as customer/namespace/name: it stays when the app gets another name or namespace.
ALTER TABLE app ADD COLUMN location ${key} NOT NULL DEFAULT '';
UPDATE app SET location = customer || '/' || namespace || '/' || name;
CREATE UNIQUE INDEX app_location ON app (location);

-- Names that apps had, so that whoever uses one is told the new one.
CREATE TABLE app_former_path (
  namespace ${key} NOT NULL,
  name      ${key} NOT NULL,
  app_id    ${key} NOT NULL REFERENCES app (id) ON DELETE CASCADE,
  PRIMARY KEY (namespace, name)
) ${strict};
CREATE INDEX app_former_path_app ON app_former_path (app_id);
