-- Cases that are asked for at one moment, each by whoever holds the token: how each reading was met, and of those that are
-- let through what the answer is made of, as one text of JSON. Each reading writes its audit row in the same statement.
-- Sealed columns come as they are stored, with the ids they are bound to and the wrapped keys: the service opens them.
-- All of it is one door of the wall (prisma/migrations/20261127030500_readings_together), which says what the items are.
-- @param {Jsonb} $1:wanted  the readings, numbered by their place, each with its signed audit row
-- @param {Int} $2:limit?  how many readings of identity a day admits, when they are counted
SELECT r.place, r.met, r.sheet FROM app.read_cases($1::jsonb, $2::int) r
