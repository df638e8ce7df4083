-- Why a process has not got its slug yet is a code with its parameters, as JSON. Of runners before, the text is all that is known.
UPDATE app_release SET slug_problem = CAST(${json_object}('code', 'told', 'detail', slug_problem) AS TEXT) WHERE slug_problem IS NOT NULL;
