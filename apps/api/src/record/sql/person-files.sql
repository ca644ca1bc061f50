-- Every file of one person (the file itself, what it was merged into, what was merged into that), kept file first. No row
-- when the caller does not reach the file asked for; `visible` says which of the others the caller reaches.
-- With `lock`, two acts on one person come one after the other.
-- @param {Uuid} $1:case  any file of the person
-- @param {Uuid} $2:organisation  the caller's organisation
-- @param {Uuid} $3:user  the caller
-- @param {Uuid} $4:office?  the caller's office, when the role reaches its cases
WITH RECURSIVE
seen AS (
  SELECT c.id FROM case_file c WHERE c.id = $1::uuid
  -- @include visible-case.sql
),
up AS (
  SELECT f.id, f.merged_into FROM case_file f JOIN seen ON seen.id = f.id
  UNION
  SELECT f.id, f.merged_into FROM case_file f JOIN up ON f.id = up.merged_into
),
person AS (
  SELECT id, 0 AS depth FROM up WHERE merged_into IS NULL
  UNION
  SELECT f.id, person.depth + 1 FROM case_file f JOIN person ON f.merged_into = person.id
)
SELECT f.id, f.version, f.country, f.number, f.external_id AS "externalId", f.organisation_id AS "organisationId", f.office_id AS "officeId", f.merged_into AS "mergedInto", f.erased_at AS "erasedAt", f.recorded_by AS "recordedBy",
  f.confidentiality, f.risk_level AS "riskLevel", f.monitoring, o.no AS "officeNo", g.no AS "organisationNo", p.depth,
  EXISTS (
    SELECT FROM case_file c WHERE c.id = f.id
    -- @include visible-case.sql
  ) AS visible
FROM case_file f JOIN person p ON p.id = f.id JOIN office o ON o.id = f.office_id JOIN organisation g ON g.id = f.organisation_id
ORDER BY p.depth, f.recorded_at, f.id
FOR UPDATE OF f   --? lock
