-- A case of the caller's organisation by what people call it: its number, the id another system gave it, or its own id.
-- The caller does not see it yet, so the database looks for it and tells its number only.
-- @param {Text} $1:reference  number or external id
-- @param {Uuid} $2:id?  the same, when it has the form of an id
SELECT c.id, c.number FROM app.case_called($1::text, $2::uuid) c
