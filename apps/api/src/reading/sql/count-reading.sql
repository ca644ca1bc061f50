-- Counts one reading of identity and answers how many there were today; the act it belongs to is audited.
-- @param {Uuid} $1:user  the reader
-- @param {Date} $2:day  today, in the reader's country
-- @param {Uuid} $3:organisation  the reader's organisation
INSERT INTO reading_day AS d (user_id, day, organisation_id, readings) VALUES ($1::uuid, $2::date, $3::uuid, 1)
ON CONFLICT (user_id, day) DO UPDATE SET readings = d.readings + 1
RETURNING d.readings
