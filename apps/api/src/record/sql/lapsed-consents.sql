-- Kept files whose facts still count a consent that has run out: the latest answer to a use, in the file or in one that it
-- absorbed, held to a day that is over.
-- @param {Text} $1:country  the country, because a day ends with its zone
-- @param {Date} $2:today  today in that country
-- @param {Text[]} $3:uses  codes of CONSENT_USE
-- @param {BigInt[]} $4:masks  the bit of each in facts
-- @param {Int} $5:limit  how many at once
WITH RECURSIVE lapsed AS (
  SELECT n.case_id AS id, u.mask FROM consent n JOIN unnest($3::text[], $4::bigint[]) AS u (use, mask) ON u.use = n.use
  WHERE n.state = 'GIVEN' AND n.expires_on < $2::date
    AND NOT EXISTS (SELECT FROM consent later WHERE later.case_id = n.case_id AND later.use = n.use AND (later.recorded_at, later.position) > (n.recorded_at, n.position))
),
up AS (
  SELECT f.id, f.merged_into, l.mask FROM case_file f JOIN lapsed l ON l.id = f.id
  UNION
  SELECT f.id, f.merged_into, up.mask FROM case_file f JOIN up ON f.id = up.merged_into
)
SELECT DISTINCT f.id, f.country, o.no AS "officeNo", g.no AS "organisationNo"
FROM up JOIN case_file f ON f.id = up.id JOIN office o ON o.id = f.office_id JOIN organisation g ON g.id = f.organisation_id
WHERE up.merged_into IS NULL AND f.erased_at IS NULL AND f.country = $1
  AND EXISTS (SELECT FROM fact_arrest a WHERE a.case_id = f.id AND a.consents & up.mask <> 0)
ORDER BY f.id LIMIT $5::int
