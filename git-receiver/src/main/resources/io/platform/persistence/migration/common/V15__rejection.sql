-- Why a push was not deployed is a code with its parameters, as JSON. Of builds before, the sentence is all that is known.
ALTER TABLE build RENAME COLUMN outcome_message TO rejection;
UPDATE build SET rejection = NULL WHERE outcome = 'deployed';
UPDATE build SET rejection = CAST(${json_object}('code', 'told', 'sentence',
    coalesce(nullif(rejection, ''), 'The push was not deployed.')) AS TEXT) WHERE outcome = 'rejected';
