-- Raises what somebody may read today; the act it belongs to is audited.
-- @param {Uuid} $1:user  the reader
-- @param {Date} $2:day  today, in the reader's country
-- @param {Uuid} $3:organisation  the reader's organisation
-- @param {Int} $4:more  by how many readings
INSERT INTO reading_day AS d (user_id, day, organisation_id, allowance) VALUES ($1::uuid, $2::date, $3::uuid, $4::int)
ON CONFLICT (user_id, day) DO UPDATE SET allowance = d.allowance + excluded.allowance
RETURNING d.readings, d.allowance
