-- Why a build failed is a code with its parameters, as JSON. Of builds before, the sentence is all that is known.
ALTER TABLE build RENAME COLUMN message TO failure;
UPDATE build SET failure = json_build_object('code', 'told', 'sentence', failure)::text WHERE failure IS NOT NULL;
