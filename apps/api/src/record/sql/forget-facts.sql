-- Takes away the facts of some files before they are written anew; facts of hearings and so on fall with their arrest.
-- Derived rows only: the events they came from are untouched, and the act that does this audits itself.
-- @param {Uuid[]} $1:cases  the files
DELETE FROM fact_arrest WHERE case_id = ANY ($1::uuid[])
