-- Cases that were recorded, or whose person was amended or erased, since a moment. What was recorded stays as it is until
-- it is amended, so it need be read once only.
-- @param {DateTime} $1:since  the moment
SELECT c.id, true AS recorded FROM organisation o CROSS JOIN LATERAL
  (SELECT id FROM case_file WHERE organisation_id = o.id AND recorded_at >= $1::timestamptz) c
UNION ALL
SELECT a.case_id, false FROM amendment a WHERE a.recorded_at >= $1::timestamptz AND a.field LIKE 'person.%'
UNION ALL
SELECT c.id, false FROM case_file c WHERE c.erased_at >= $1::timestamptz
