-- The first few of some cases, in their order, that the caller reaches, with the names as they are stored. Who is reached is
-- decided on the files alone, so that what belongs to those that are not shown is never looked at.
-- @param {Uuid[]} $1:cases  the cases, the best first
-- @param {Uuid} $2:organisation  the caller's organisation
-- @param {Uuid} $3:user  the caller
-- @param {Uuid} $4:office?  the caller's office, when the role reaches its cases
-- @param {Int} $5:limit  how many
WITH reached AS MATERIALIZED (
  SELECT c.id, c.number, c.external_id, c.organisation_id, c.merged_into, asked.place
  FROM unnest($1::uuid[]) WITH ORDINALITY AS asked (id, place) JOIN case_file c ON c.id = asked.id
  WHERE c.erased_at IS NULL
  -- @include ../../record/sql/visible-case.sql
  ORDER BY asked.place LIMIT $5::int
)
SELECT r.id, r.number, r.external_id AS "externalId", r.organisation_id AS "organisationId", r.merged_into AS "mergedInto", p.id AS "personId",
  i.given_names AS given, i.family_names AS family, i.aliases,
  (SELECT json_agg(k) FROM case_key k WHERE k.case_id = r.id AND k.class = 'identity') AS keys
FROM reached r JOIN person p ON p.case_id = r.id LEFT JOIN person_identity i ON i.case_id = p.case_id AND i.person_id = p.id
ORDER BY r.place
