-- Arrests by up to three dimensions with two filters, counted from the tables as they were recorded: what a service
-- without facts would have to ask. Compared with the product's own figure, cell by cell.
-- @param {Uuid} $1:organisation  the organisation
-- @param {Date} $2:asOf  cut-off day
-- @param {Text} $3:sex  only this sex
-- @param {Text} $4:regime  only this emergency regime
SELECT
  coalesce(t.code, m.code, d.code, 'UNKNOWN') AS area1
  , a.legal_ground AS "legalGround"   --? two
  , CASE WHEN to_char(a.at_earliest, 'YYYY-MM') = to_char(a.at_latest, 'YYYY-MM') THEN to_char(a.at_earliest, 'YYYY-MM')   --? three
      WHEN extract(year FROM a.at_earliest) = extract(year FROM a.at_latest) THEN to_char(a.at_earliest, 'YYYY') ELSE 'UNKNOWN' END AS month   --? three
  , count(*)::int AS n
FROM case_file c
JOIN person p ON p.case_id = c.id
JOIN arrest a ON a.case_id = c.id
LEFT JOIN area d ON d.code = a.area
LEFT JOIN area m ON m.code = d.parent
LEFT JOIN area t ON t.code = m.parent
WHERE c.organisation_id = $1::uuid AND c.country = 'SV' AND c.merged_into IS NULL
  AND a.withdrawn_at IS NULL AND NOT EXISTS (SELECT FROM arrest r WHERE r.case_id = a.case_id AND r.corrects = a.id AND r.withdrawn_at IS NULL)
  AND coalesce(a.at_earliest::date, '-infinity') <= $2::date
  AND p.sex = $3::text AND a.emergency_regime = $4::text
GROUP BY area1
  , "legalGround"   --? two
  , month   --? three
