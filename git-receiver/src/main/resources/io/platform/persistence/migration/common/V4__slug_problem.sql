ALTER TABLE app_release ADD COLUMN slug_problem TEXT; -- why a process has not got its slug yet, as its runner told
