-- What somebody has read today, and by how much it was raised; no row where there is neither.
-- @param {Uuid} $1:user  the reader
-- @param {Date} $2:day  today, in the reader's country
SELECT d.readings, d.allowance FROM reading_day d WHERE d.user_id = $1::uuid AND d.day = $2::date
