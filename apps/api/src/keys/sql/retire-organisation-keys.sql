-- Drops versions of organisation keys that wrap no data key any more and are not the newest. The act audits itself.
DELETE FROM organisation_key o
WHERE o.version < (SELECT max(n.version) FROM organisation_key n WHERE n.organisation_id = o.organisation_id)
  AND NOT EXISTS (
    SELECT FROM case_key k JOIN case_file c ON c.id = k.case_id
    WHERE c.organisation_id = o.organisation_id AND k.wrapped_by = 'organisation:' || o.version
  )
RETURNING o.version
