-- A page of cases, latest arrest of each person, in a keyset order. Names are not part of a list.
-- @param {Uuid} $1:organisation  the caller's organisation
-- @param {Int} $2:organisationNo  its number
-- @param {Uuid} $3:user  the caller
-- @param {Uuid} $4:office?  the caller's office, when the role reaches its cases
-- @param {Int} $5:officeNo?  its number, when nothing else is reached
-- @param {Int} $6:limit  rows, one more than the page
-- @param {Date} $7:afterDay?  position: day of the last row
-- @param {DateTime} $8:afterMoment?  position: moment of recording of the last row
-- @param {Uuid} $9:afterId?  position: id of the last row
-- @param {Int} $10:legalGround?  only this term
-- @param {BigInt} $11:basis?  only these bits
-- @param {BigInt} $12:force?  only these bits
-- @param {Int} $13:area1?  only this area of level 1
-- @param {Int} $14:area2?  of level 2
-- @param {Int} $15:area3?  of level 3
-- @param {Int} $16:place?  last known place of custody
-- @param {Int} $17:sex?  only this term
-- @param {Int} $18:stage?  only this term
-- @param {Int} $19:ageBand?  only this term
-- @param {Int} $20:verification?  only this term
-- @param {Date} $21:arrestedFrom?  arrests that may have been on this day or later
-- @param {Date} $22:arrestedTo?  arrests that may have been on this day or earlier
-- @param {Text} $23:externalId?  only the case with this external id
-- @param {Uuid} $24:assignee?  only cases assigned to this user
SELECT c.id, c.number, c.external_id AS "externalId", c.office_id AS "officeId", c.confidentiality, c.risk_level AS "riskLevel", c.monitoring, c.version,
  to_char(c.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "recordedAt",
  f.arrested_on::text AS "arrestedOn", f.arrested_by::text AS "arrestedBy", f.country, f.area1, f.area2, f.area3, f.legal_ground AS "legalGround",
  f.sex, f.age_band AS "ageBand", f.stage, f.place, f.verification
FROM fact_arrest f JOIN case_file c ON c.id = f.case_id
WHERE f.latest AND f.organisation_no = $2::int
  -- @include ../../record/sql/visible-case.sql
  AND f.office_no = $5::int   --? officeNo
  AND f.legal_ground = $10::int   --? legalGround
  AND f.bases & $11::bigint <> 0   --? basis
  AND f.forces & $12::bigint <> 0   --? force
  AND f.area1 = $13::int   --? area1
  AND f.area2 = $14::int   --? area2
  AND f.area3 = $15::int   --? area3
  AND f.place = $16::int   --? place
  AND f.sex = $17::int   --? sex
  AND f.stage = $18::int   --? stage
  AND f.age_band = $19::int   --? ageBand
  AND f.verification = $20::int   --? verification
  AND f.arrested_by >= $21::date   --? arrestedFrom
  AND f.arrested_on <= $22::date   --? arrestedTo
  AND c.id = (SELECT x.case_id FROM external_id x WHERE x.organisation_id = $1::uuid AND x.external_id = $23::text)   --? externalId
  AND EXISTS (SELECT FROM assignment g WHERE g.case_id = c.id AND g.user_id = $24::uuid AND g.ended_at IS NULL)   --? assignee
  AND (f.arrested_on, f.case_id) < ($7::date, $9::uuid)   --? arrestedDown afterId
  AND (f.arrested_on, f.case_id) > ($7::date, $9::uuid)   --? arrestedUp afterId
  AND (c.recorded_at, c.id) < ($8::timestamptz, $9::uuid)   --? recordedDown afterId
  AND (c.recorded_at, c.id) > ($8::timestamptz, $9::uuid)   --? recordedUp afterId
ORDER BY f.arrested_on DESC, f.case_id DESC   --? arrestedDown
ORDER BY f.arrested_on, f.case_id   --? arrestedUp
ORDER BY c.recorded_at DESC, c.id DESC   --? recordedDown
ORDER BY c.recorded_at, c.id   --? recordedUp
LIMIT $6::int
