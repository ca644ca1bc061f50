-- Waits for the first judge by month of arrest, from the tables as they were recorded: the rows from which a
-- Kaplan-Meier curve is made. Written for one arrest a case, which is all that the benchmark's cases have.
-- @param {Uuid} $1:organisation  the organisation
-- @param {Date} $2:asOf  cut-off day
-- @param {Text} $3:zone  the country's time zone
WITH taken AS (
  SELECT a.case_id, coalesce(a.at_earliest::date, '-infinity') AS first_day, coalesce(a.at_latest::date, 'infinity') AS last_day,
    CASE WHEN to_char(a.at_earliest, 'YYYY-MM') = to_char(a.at_latest, 'YYYY-MM') THEN to_char(a.at_earliest, 'YYYY-MM')
      WHEN extract(year FROM a.at_earliest) = extract(year FROM a.at_latest) THEN to_char(a.at_earliest, 'YYYY') ELSE 'UNKNOWN' END AS month
  FROM case_file c JOIN arrest a ON a.case_id = c.id
  WHERE c.organisation_id = $1::uuid AND c.country = 'SV' AND c.merged_into IS NULL
    AND a.withdrawn_at IS NULL AND NOT EXISTS (SELECT FROM arrest r WHERE r.case_id = a.case_id AND r.corrects = a.id AND r.withdrawn_at IS NULL)
    AND coalesce(a.at_earliest::date, '-infinity') <= $2::date
),
judge AS (
  SELECT DISTINCT ON (h.case_id) h.case_id, coalesce(h.at_earliest::date, '-infinity') AS from_day, coalesce(h.at_latest::date, 'infinity') AS to_day
  FROM hearing h
  WHERE h.mode NOT IN ('ABSENT', 'PAPER') AND h.withdrawn_at IS NULL
    AND NOT EXISTS (SELECT FROM hearing r WHERE r.case_id = h.case_id AND r.corrects = h.id AND r.withdrawn_at IS NULL)
  ORDER BY h.case_id, h.at_earliest
),
left_custody AS (
  SELECT DISTINCT ON (x.case_id) x.case_id, coalesce(x.at_earliest::date, '-infinity') AS from_day, coalesce(x.at_latest::date, 'infinity') AS to_day
  FROM release x
  WHERE x.release NOT IN ('STILL_PRETRIAL', 'RELEASE_ORDERED_HELD', 'REARRESTED', 'DIED_CUSTODY', 'DIED_AFTER_RELEASE', 'WHEREABOUTS_UNKNOWN') AND x.release NOT LIKE 'CONVICTED%'
    AND x.withdrawn_at IS NULL AND NOT EXISTS (SELECT FROM release r WHERE r.case_id = x.case_id AND r.corrects = x.id AND r.withdrawn_at IS NULL)
  ORDER BY x.case_id, x.at_earliest
),
died AS (
  SELECT DISTINCT ON (x.case_id) x.case_id, coalesce(x.at_earliest::date, '-infinity') AS from_day, coalesce(x.at_latest::date, 'infinity') AS to_day
  FROM death x
  WHERE x.withdrawn_at IS NULL AND NOT EXISTS (SELECT FROM death r WHERE r.case_id = x.case_id AND r.corrects = x.id AND r.withdrawn_at IS NULL)
  ORDER BY x.case_id, x.at_earliest
),
heard_of AS (
  SELECT case_id, max(day) AS day FROM (
    SELECT case_id, coalesce(informed_latest::date, (recorded_at AT TIME ZONE $3::text)::date) AS day FROM source
    UNION ALL SELECT case_id, at_earliest::date FROM hearing WHERE withdrawn_at IS NULL
    UNION ALL SELECT case_id, at_earliest::date FROM custody_spell WHERE withdrawn_at IS NULL
    UNION ALL SELECT case_id, at_earliest::date FROM measure WHERE withdrawn_at IS NULL
  ) days GROUP BY case_id
),
told AS (
  SELECT t.month, t.first_day, t.last_day, j.from_day AS judge_from, j.to_day AS judge_to, least(k.day, $2::date) AS known_on,
    CASE WHEN x.from_day <= $2::date THEN x.from_day END AS out_from, CASE WHEN x.from_day <= $2::date THEN x.to_day END AS out_to,
    CASE WHEN d.from_day <= $2::date THEN d.from_day END AS died_from, CASE WHEN d.from_day <= $2::date THEN d.to_day END AS died_to
  FROM taken t
  LEFT JOIN judge j ON j.case_id = t.case_id
  LEFT JOIN left_custody x ON x.case_id = t.case_id
  LEFT JOIN died d ON d.case_id = t.case_id
  LEFT JOIN heard_of k ON k.case_id = t.case_id
),
ended AS (
  SELECT *,
    CASE WHEN died_from IS NOT NULL AND (out_from IS NULL OR died_to < out_from) THEN died_from ELSE out_from END AS end_from,
    CASE WHEN died_from IS NOT NULL AND (out_from IS NULL OR died_to < out_from) THEN died_to ELSE out_to END AS end_to
  FROM told
),
waited AS (
  SELECT *, judge_from <= $2::date AND NOT coalesce(end_to < judge_from, false) AS seen FROM ended
),
counted AS (
  SELECT month, coalesce(seen, false) AS seen, first_day, last_day,
    CASE WHEN seen THEN judge_from WHEN end_from IS NOT NULL THEN end_from ELSE known_on END AS stop_from,
    CASE WHEN seen THEN judge_to WHEN end_from IS NOT NULL THEN end_to ELSE known_on END AS stop_to
  FROM waited
)
SELECT month, days, seen AND days IS NOT NULL AS event, count(*)::int AS n
FROM (
  SELECT month, seen,
    CASE WHEN first_day = last_day AND stop_from = stop_to AND isfinite(first_day) AND isfinite(stop_from) AND stop_from >= first_day THEN stop_from - first_day END AS days
  FROM counted
) w
GROUP BY 1, 2, 3
