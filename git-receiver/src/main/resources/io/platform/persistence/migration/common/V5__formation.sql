ALTER TABLE app ADD COLUMN formation TEXT NOT NULL DEFAULT '{}'; -- process type to how many and how large, as JSON, where somebody has said
