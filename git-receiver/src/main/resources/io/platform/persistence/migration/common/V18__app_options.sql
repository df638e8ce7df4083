ALTER TABLE app ADD COLUMN options TEXT NOT NULL DEFAULT '{}'; -- what its developers chose about how it runs, as JSON
