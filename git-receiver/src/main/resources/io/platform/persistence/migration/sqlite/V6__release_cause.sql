-- What made a release is a code with its parameters, as JSON. Names of config vars have neither spaces nor commas.
UPDATE app_release SET cause = CASE kind
  WHEN 'deploy' THEN CASE WHEN commit_id IS NULL THEN '{"code":"deploy"}' ELSE '{"code":"deploy","commit":"' || commit_id || '"}' END
  WHEN 'rollback' THEN '{"code":"rollback","to":' || substr(cause, length('Rollback to v') + 1) || '}'
  ELSE '{"code":"config_change","set":['
    || CASE WHEN cause LIKE 'Set %' THEN '"' || replace(
         substr(CASE WHEN instr(cause, ' and unset ') > 0 THEN substr(cause, 1, instr(cause, ' and unset ') - 1) ELSE substr(cause, 1, length(cause) - length(' config vars')) END, length('Set ') + 1), ', ', '","') || '"' ELSE '' END
    || '],"unset":['
    || CASE
         WHEN instr(cause, ' and unset ') > 0 THEN '"' || replace(substr(substr(cause, 1, length(cause) - length(' config vars')), instr(cause, ' and unset ') + length(' and unset ')), ', ', '","') || '"'
         WHEN cause LIKE 'Unset %' THEN '"' || replace(substr(substr(cause, 1, length(cause) - length(' config vars')), length('Unset ') + 1), ', ', '","') || '"'
         ELSE '' END
    || ']}'
  END;
ALTER TABLE app_release DROP COLUMN kind;
