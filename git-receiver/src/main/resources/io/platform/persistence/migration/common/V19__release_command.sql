-- When the release command of a release started and ended (milliseconds), and why it failed, as JSON.
ALTER TABLE app_release ADD COLUMN command_started_at ${bigint};
ALTER TABLE app_release ADD COLUMN command_ended_at ${bigint};
ALTER TABLE app_release ADD COLUMN command_failure TEXT;
