-- A page of the caller's office by day of arrest, filtered by legal ground, as one JSON text.
-- @param {Bytes} $1:token  SHA-256 of the access token
-- @param {Int} $2:legalGround  only this term
-- @param {Date} $3:afterDay?  position: day of the last row
-- @param {Uuid} $4:afterId?  position: id of the last row
-- @param {Int} $5:limit  rows, one more than the page
SELECT coalesce(json_agg(r), '[]'::json)::text AS body FROM (
  SELECT c.id, c.number, c.external_id AS "externalId", c.office_id AS "officeId", c.version, c.recorded_at AS "recordedAt",
    f.arrested_on AS "arrestedOn", f.arrested_by AS "arrestedBy", d.code AS area, g.code AS "legalGround", s.code AS sex, b.code AS "ageBand"
  FROM fact_arrest f
  JOIN case_file c ON c.id = f.case_id
  LEFT JOIN area d ON d.id = f.area3
  LEFT JOIN term g ON g.id = f.legal_ground
  LEFT JOIN term s ON s.id = f.sex
  LEFT JOIN term b ON b.id = f.age_band
  WHERE f.latest AND f.legal_ground = $2::int
    AND f.office_no = (
      SELECT o.no FROM access_token k
      JOIN session_family m ON m.id = k.family_id AND m.ended_at IS NULL
      JOIN app_user u ON u.id = m.user_id
      JOIN office o ON o.id = u.office_id
      WHERE k.hash = $1::bytea AND k.expires_at > now())
    AND (f.arrested_on, f.case_id) < ($3::date, $4::uuid)   --? afterDay afterId
  ORDER BY f.arrested_on DESC, f.case_id DESC
  LIMIT $5::int
) r
