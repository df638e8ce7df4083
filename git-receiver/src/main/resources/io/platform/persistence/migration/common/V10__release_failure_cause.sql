-- Why a release failed is a code with its parameters, as JSON. Of releases before, the sentence is all that is known.
ALTER TABLE app_release RENAME COLUMN message TO failure;
UPDATE app_release SET failure = CAST(${json_object}('code', 'told', 'sentence', failure) AS TEXT) WHERE failure IS NOT NULL;
