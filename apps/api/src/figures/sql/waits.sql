-- Waits for the first judge by up to three dimensions: how many arrests waited how many days, and whether a judge ended the wait.
-- Null days are arrests left out because a date they need is not known to the day.
-- @param {Int} $1:organisationNo  number of the organisation
-- @param {Int} $2:country  number of the country
-- @param {Date} $3:asOf  cut-off day: what happened later is not known
-- @param {Text} $4:d1?  first dimension
-- @param {Text} $5:d2?  second dimension
-- @param {Text} $6:d3?  third dimension
-- @param {Int} $7:unknownStage  term UNKNOWN of STAGE
-- @param {Int} $8:unknownMeasure  term UNKNOWN of MEASURE
-- @param {Int} $9:unknownCounsel  term UNKNOWN of LEGAL_AID
-- @param {Text} $10:f1?  dimension of filter 1
-- @param {BigInt[]} $11:n1?  numbers it lets through
-- @param {BigInt} $12:m1?  bits it lets through
-- @param {Text} $13:f2?  dimension of filter 2
-- @param {BigInt[]} $14:n2?  numbers it lets through
-- @param {BigInt} $15:m2?  bits it lets through
-- @param {Text} $16:f3?  dimension of filter 3
-- @param {BigInt[]} $17:n3?  numbers it lets through
-- @param {BigInt} $18:m3?  bits it lets through
-- @param {Text} $19:f4?  dimension of filter 4
-- @param {BigInt[]} $20:n4?  numbers it lets through
-- @param {BigInt} $21:m4?  bits it lets through
-- @param {Text} $22:f5?  dimension of filter 5
-- @param {BigInt[]} $23:n5?  numbers it lets through
-- @param {BigInt} $24:m5?  bits it lets through
-- @param {Text} $25:f6?  dimension of filter 6
-- @param {BigInt[]} $26:n6?  numbers it lets through
-- @param {BigInt} $27:m6?  bits it lets through
-- @param {Date} $28:from?  first day of the period
-- @param {Date} $29:to?  last day of the period
SELECT dimension_of(f, $d1::text, s.stage, s.measure, s.counsel, s.place) AS d1, dimension_of(f, $d2::text, s.stage, s.measure, s.counsel, s.place) AS d2, dimension_of(f, $d3::text, s.stage, s.measure, s.counsel, s.place) AS d3,
  w.days, j.seen AND w.days IS NOT NULL AS event, count(*)::int AS n,
  (SELECT coalesce(max(v.changed), 0)::text FROM fact_arrest v WHERE v.organisation_no = $organisationNo::smallint) AS version, pg_current_snapshot()::text AS snapshot
FROM fact_arrest f
-- @include states-as-of.sql
-- @include ending-as-of.sql
-- The wait in whole days for Kaplan-Meier; null days are left out and counted (libs/custody `waitOf`; survival.md §1).
CROSS JOIN LATERAL (SELECT
  CASE WHEN j.seen THEN f.judge_from WHEN l.known THEN l.from_day ELSE j.last_day END AS from_day,
  CASE WHEN j.seen THEN f.judge_to WHEN l.known THEN l.to_day ELSE j.last_day END AS to_day
) e
CROSS JOIN LATERAL (SELECT CASE
  WHEN f.arrested_on = f.arrested_by AND e.from_day = e.to_day AND isfinite(f.arrested_on) AND isfinite(e.from_day) AND e.from_day >= f.arrested_on
  THEN e.from_day - f.arrested_on END AS days) w
WHERE f.organisation_no = $organisationNo::smallint AND f.country = $country::smallint AND f.arrested_on <= $asOf::date
  AND f.arrested_by >= $from::date   --? from
  AND f.arrested_on <= $to::date   --? to
  AND passes(dimension_of(f, $f1::text, s.stage, s.measure, s.counsel, s.place), $n1::bigint[], $m1::bigint)   --? f1
  AND passes(dimension_of(f, $f2::text, s.stage, s.measure, s.counsel, s.place), $n2::bigint[], $m2::bigint)   --? f2
  AND passes(dimension_of(f, $f3::text, s.stage, s.measure, s.counsel, s.place), $n3::bigint[], $m3::bigint)   --? f3
  AND passes(dimension_of(f, $f4::text, s.stage, s.measure, s.counsel, s.place), $n4::bigint[], $m4::bigint)   --? f4
  AND passes(dimension_of(f, $f5::text, s.stage, s.measure, s.counsel, s.place), $n5::bigint[], $m5::bigint)   --? f5
  AND passes(dimension_of(f, $f6::text, s.stage, s.measure, s.counsel, s.place), $n6::bigint[], $m6::bigint)   --? f6
GROUP BY 1, 2, 3, 4, 5
