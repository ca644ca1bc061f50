-- What follows from the right password, before anything else is asked. The same statement whether it was the password of
-- every day or the one under duress, so that neither time nor form tells them apart: under duress the scope is suspended,
-- every session and token of the account ends, and coordinators are told.
-- Not audited here: the act that runs it audits.
-- @param {Uuid} $1:user  whose password it was
-- @param {DateTime} $2:now  this moment
-- @param {Bool} $3:duress  whether it was the one under duress
-- @param {Text} $4:record?  a better record of the same password
-- @param {Uuid} $5:alert  id of the alert
WITH account AS (
  UPDATE app_user SET
    suspended_until = CASE WHEN $3::boolean THEN '9999-12-31'::timestamptz ELSE suspended_until END,
    password_hash = coalesce($4::text, password_hash)
  WHERE id = $1::uuid
  RETURNING id, organisation_id
), families AS (
  UPDATE session_family f SET ended_at = $2::timestamptz, ended_for = 'scope suspended'
  FROM account WHERE f.user_id = account.id AND f.ended_at IS NULL AND $3::boolean
), programs AS (
  UPDATE service_token t SET revoked_at = $2::timestamptz, revoked_for = 'scope suspended'
  FROM account WHERE t.owner_id = account.id AND t.revoked_at IS NULL AND $3::boolean
), words AS (
  DELETE FROM scope_restoration r USING account WHERE r.user_id = account.id AND $3::boolean
)
INSERT INTO alert (id, organisation_id, kind, subject_id, raised_at)
SELECT $5::uuid, organisation_id, 'duress.sign-in', id, $2::timestamptz FROM account WHERE $3::boolean
