-- People as they are stored, with the wrapped keys of their names: what an index of names is made of.
-- The arrest is the one by which files are compared (match-people.sql). The page is chosen first: a join in the order of
-- its ids would begin with the first person of all for each page.
-- @param {Int} $1:limit  how many
-- @param {Uuid} $2:after?  the last case of the page before
-- @param {Uuid[]} $3:cases?  only these cases
SELECT c.id, c.organisation_id AS "organisationId", c.erased_at IS NOT NULL AS erased, p.id AS "personId", p.sex, p.born_edtf AS born, p.age_at_arrest AS "ageAtArrest",
  i.given_names AS "givenNames", i.family_names AS "familyNames", i.aliases, i.document_number AS "documentNumber",
  a.at_edtf AS "arrestedAt", a.area,
  (SELECT json_agg(k) FROM case_key k WHERE k.case_id = c.id AND k.class = 'identity') AS keys
FROM (
  SELECT id, organisation_id, erased_at FROM case_file
  WHERE true
    AND id > $2::uuid   --? after
    AND id = ANY ($3::uuid[])   --? cases
  ORDER BY id LIMIT $1::int
) c
JOIN person p ON p.case_id = c.id LEFT JOIN person_identity i ON i.case_id = p.case_id AND i.person_id = p.id
LEFT JOIN LATERAL (SELECT at_edtf, area FROM arrest WHERE case_id = c.id AND withdrawn_at IS NULL ORDER BY recorded_at DESC, id LIMIT 1) a ON true
ORDER BY c.id
