-- Lets the act read and lock the other files of the person of a case that the caller reaches, and nobody else's; answers
-- how many of them the caller does not reach. Without it row-level security hides them from the act itself.
-- @param {Uuid} $1:case  any file of the person
SELECT app.reach_person($1::uuid) AS beyond
