-- One case of the caller's office as JSON, the way a service without duties would read it: no trail, no computed status.
-- @param {Bytes} $1:token  SHA-256 of the access token
-- @param {Uuid} $2:case  the case
SELECT json_build_object(
  'id', c.id, 'number', c.number, 'externalId', c.external_id, 'country', c.country, 'officeId', c.office_id, 'version', c.version, 'recordedAt', c.recorded_at,
  'person', (SELECT json_build_object('code', p.code, 'sex', p.sex, 'born', p.born_edtf, 'ageAtArrest', p.age_at_arrest, 'occupation', p.occupation, 'vulnerabilities', p.vulnerabilities,
    'identity', (SELECT json_build_object('givenNames', i.given_names, 'familyNames', i.family_names, 'documentNumber', i.document_number) FROM person_identity i WHERE i.case_id = p.case_id AND i.person_id = p.id))
    FROM person p WHERE p.case_id = c.id LIMIT 1),
  'arrest', (SELECT json_build_object('id', a.id, 'at', a.at_edtf, 'area', a.area, 'legalGround', a.legal_ground, 'bases', a.bases, 'forces', a.forces, 'emergencyRegime', a.emergency_regime, 'chargesAtArrest', a.charges_at_arrest)
    FROM arrest a WHERE a.case_id = c.id ORDER BY a.at_earliest DESC LIMIT 1),
  'consents', (SELECT coalesce(json_agg(n.use), '[]'::json) FROM consent n WHERE n.case_id = c.id AND n.state = 'GIVEN'),
  'source', (SELECT json_build_object('type', s.type, 'relation', s.relation, 'reliability', s.reliability, 'credibility', s.credibility) FROM source s WHERE s.case_id = c.id LIMIT 1),
  'narrative', (SELECT t.text FROM testimony t WHERE t.case_id = c.id ORDER BY t.recorded_at DESC LIMIT 1)
)::text AS body
FROM access_token k
JOIN session_family m ON m.id = k.family_id AND m.ended_at IS NULL
JOIN app_user u ON u.id = m.user_id
JOIN case_file c ON c.office_id = u.office_id
WHERE k.hash = $1::bytea AND k.expires_at > now() AND c.id = $2::uuid
