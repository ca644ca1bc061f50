-- The people of some files as they are compared: identity, birth, and the first arrest that stands.
-- Names, numbers and births as they are stored: the service opens them.
-- @param {Uuid[]} $1:cases  the files
SELECT c.id, c.merged_into AS "mergedInto", c.recorded_at AS "recordedAt", p.id AS "personId", (SELECT json_agg(k) FROM case_key k WHERE k.case_id = c.id) AS keys, p.sex, p.born_edtf AS born, p.age_at_arrest AS "ageAtArrest",
  i.given_names AS "givenNames", i.family_names AS "familyNames", i.document_number AS "documentNumber",
  a.at_edtf AS "arrestedAt", a.area, s.place
FROM case_file c
JOIN person p ON p.case_id = c.id
LEFT JOIN person_identity i ON i.case_id = c.id AND i.person_id = p.id
LEFT JOIN LATERAL (SELECT at_edtf, area FROM arrest WHERE case_id = c.id AND withdrawn_at IS NULL ORDER BY recorded_at DESC, id LIMIT 1) a ON true
LEFT JOIN LATERAL (SELECT place FROM custody_spell WHERE case_id = c.id AND withdrawn_at IS NULL ORDER BY recorded_at DESC, id LIMIT 1) s ON true
WHERE c.id = ANY ($1::uuid[])
