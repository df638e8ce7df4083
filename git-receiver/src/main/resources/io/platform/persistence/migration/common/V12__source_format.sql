-- How the source is packed. Sources so far are tar archives compressed with Zstandard.
ALTER TABLE build ADD COLUMN source_format TEXT;
UPDATE build SET source_format = 'tar_zst' WHERE source_key IS NOT NULL;
