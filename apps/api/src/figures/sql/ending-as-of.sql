-- How the wait for a judge ended, as known on the cut-off day (libs/custody `endOfWait`, `leavingOf`). Expects the fact as `f`.
-- A judge counts unless the person certainly left custody on an earlier day; a release is used unless the person
-- certainly died before it; where no release is recorded and the person was arrested again, custody ended in between
-- (on a day nobody knows, where the next arrest certainly has the earlier date).
CROSS JOIN LATERAL (SELECT
  CASE WHEN f.release_from <= $asOf::date THEN f.release_from WHEN f.next_from <= $asOf::date THEN CASE WHEN f.next_to < f.arrested_on THEN '-infinity' ELSE f.arrested_on END ELSE 'infinity' END AS from_day,
  CASE WHEN f.release_from <= $asOf::date THEN f.release_to WHEN f.next_from <= $asOf::date THEN CASE WHEN f.next_to < f.arrested_on THEN 'infinity' ELSE f.next_to END ELSE 'infinity' END AS to_day,
  f.release_from <= $asOf::date OR f.next_from <= $asOf::date AS known,
  f.death_from <= $asOf::date AS died
) r
CROSS JOIN LATERAL (SELECT
  r.known OR r.died AS known,
  r.died AND (NOT r.known OR f.death_to < r.from_day) AS by_death,
  CASE WHEN r.died AND (NOT r.known OR f.death_to < r.from_day) THEN f.death_from ELSE r.from_day END AS from_day,
  CASE WHEN r.died AND (NOT r.known OR f.death_to < r.from_day) THEN f.death_to ELSE r.to_day END AS to_day
) l
CROSS JOIN LATERAL (SELECT f.judge_from <= $asOf::date AND NOT (l.known AND l.to_day < f.judge_from) AS seen, least(f.known_on, $asOf::date) AS last_day) j
