-- How often a receiver has had the app's repository alone: one that lost its lock sees whether another had it meanwhile.
ALTER TABLE app ADD COLUMN times_alone INTEGER NOT NULL DEFAULT 0;
