ALTER TABLE build ADD COLUMN push_options TEXT NOT NULL DEFAULT ''; -- their words, with a space between
