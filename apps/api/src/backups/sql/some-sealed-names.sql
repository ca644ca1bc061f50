-- Some sealed names of cases that were not erased, with where each belongs, to see that the keys beside them open them.
-- @param {Int} $1:most  how many at most
SELECT f.organisation_id AS "organisationId", i.case_id AS "caseId", i.person_id AS "personId", i.given_names AS "sealed"
FROM person_identity i JOIN case_file f ON f.id = i.case_id
WHERE i.given_names IS NOT NULL AND f.erased_at IS NULL
ORDER BY i.case_id
LIMIT $1
