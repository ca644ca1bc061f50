-- Closed cases of a country whose time is over, that nothing holds and nobody is asked about yet. Whether a day is reached is
-- decided once more by libs/consent, which reckons leap days. A case that somebody decided to keep is asked about again after a year.
-- @param {Text} $1:country  the country
-- @param {Text} $2:zone  its zone
-- @param {Date} $3:today  today there
-- @param {Text[]} $4:classes  retention classes that ever end
-- @param {Int[]} $5:years  how long each lasts
-- @param {Int} $6:limit  how many at once
WITH closed AS (
  SELECT c.id, c.organisation_id, coalesce(r.class, 'STANDARD') AS class,
    (SELECT (max(m.recorded_at) AT TIME ZONE $2::text)::date FROM amendment m WHERE m.case_id = c.id AND m.field = 'monitoring') AS closed_on
  FROM case_file c LEFT JOIN case_retention r ON r.case_id = c.id
  WHERE c.monitoring = 'CLOSED' AND c.country = $1::text AND c.merged_into IS NULL AND c.erased_at IS NULL
    AND NOT EXISTS (SELECT FROM legal_hold h WHERE h.case_id = c.id AND h.released_at IS NULL)
    AND NOT EXISTS (SELECT FROM erasure_proposal p WHERE p.case_id = c.id AND (p.state <> 'KEPT' OR p.decided_at > $3::date - interval '1 year'))
)
SELECT k.id AS "caseId", k.organisation_id AS "organisationId", k.class, k.closed_on::text AS "closedOn"
FROM closed k JOIN unnest($4::text[], $5::int[]) AS s (class, years) ON s.class = k.class
WHERE k.closed_on + make_interval(years => s.years) <= $3::date
ORDER BY k.closed_on, k.id
LIMIT $6::int
