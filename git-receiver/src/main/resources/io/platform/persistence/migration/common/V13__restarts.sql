ALTER TABLE app ADD COLUMN restarts TEXT NOT NULL DEFAULT '{}'; -- manner to processes to when somebody asked to restart them (milliseconds), as JSON
