-- People leaving custody by up to three dimensions of the release or of the arrest. Orders not carried out are none. A period is that of the release.
-- Exact: for coordinators of the organisation only.
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
SELECT CASE $d1::text WHEN 'releaseKind' THEN l.release::bigint WHEN 'releaseMonth' THEN CASE WHEN isfinite(l.released_from) AND to_char(l.released_from, 'YYYYMM') = to_char(l.released_to, 'YYYYMM') THEN to_char(l.released_from, 'YYYYMM')::bigint ELSE 0 END ELSE dimension_of(f, $d1::text, s.stage, s.measure, s.counsel, s.place) END AS d1, CASE $d2::text WHEN 'releaseKind' THEN l.release::bigint WHEN 'releaseMonth' THEN CASE WHEN isfinite(l.released_from) AND to_char(l.released_from, 'YYYYMM') = to_char(l.released_to, 'YYYYMM') THEN to_char(l.released_from, 'YYYYMM')::bigint ELSE 0 END ELSE dimension_of(f, $d2::text, s.stage, s.measure, s.counsel, s.place) END AS d2, CASE $d3::text WHEN 'releaseKind' THEN l.release::bigint WHEN 'releaseMonth' THEN CASE WHEN isfinite(l.released_from) AND to_char(l.released_from, 'YYYYMM') = to_char(l.released_to, 'YYYYMM') THEN to_char(l.released_from, 'YYYYMM')::bigint ELSE 0 END ELSE dimension_of(f, $d3::text, s.stage, s.measure, s.counsel, s.place) END AS d3,
  count(*)::int AS n,
  (SELECT coalesce(max(v.changed), 0)::text FROM fact_arrest v WHERE v.organisation_no = $organisationNo::smallint) AS version, pg_current_snapshot()::text AS snapshot
FROM fact_release l JOIN fact_arrest f ON f.case_id = l.case_id AND f.arrest_no = l.arrest_no
-- @include states-as-of.sql
WHERE f.organisation_no = $organisationNo::smallint AND f.country = $country::smallint AND f.arrested_on <= $asOf::date
  AND l.leaves AND l.released_from <= $asOf::date
  AND l.released_to >= $from::date   --? from
  AND l.released_from <= $to::date   --? to
  AND passes(CASE $f1::text WHEN 'releaseKind' THEN l.release::bigint WHEN 'releaseMonth' THEN CASE WHEN isfinite(l.released_from) AND to_char(l.released_from, 'YYYYMM') = to_char(l.released_to, 'YYYYMM') THEN to_char(l.released_from, 'YYYYMM')::bigint ELSE 0 END ELSE dimension_of(f, $f1::text, s.stage, s.measure, s.counsel, s.place) END, $n1::bigint[], $m1::bigint)   --? f1
  AND passes(CASE $f2::text WHEN 'releaseKind' THEN l.release::bigint WHEN 'releaseMonth' THEN CASE WHEN isfinite(l.released_from) AND to_char(l.released_from, 'YYYYMM') = to_char(l.released_to, 'YYYYMM') THEN to_char(l.released_from, 'YYYYMM')::bigint ELSE 0 END ELSE dimension_of(f, $f2::text, s.stage, s.measure, s.counsel, s.place) END, $n2::bigint[], $m2::bigint)   --? f2
  AND passes(CASE $f3::text WHEN 'releaseKind' THEN l.release::bigint WHEN 'releaseMonth' THEN CASE WHEN isfinite(l.released_from) AND to_char(l.released_from, 'YYYYMM') = to_char(l.released_to, 'YYYYMM') THEN to_char(l.released_from, 'YYYYMM')::bigint ELSE 0 END ELSE dimension_of(f, $f3::text, s.stage, s.measure, s.counsel, s.place) END, $n3::bigint[], $m3::bigint)   --? f3
  AND passes(CASE $f4::text WHEN 'releaseKind' THEN l.release::bigint WHEN 'releaseMonth' THEN CASE WHEN isfinite(l.released_from) AND to_char(l.released_from, 'YYYYMM') = to_char(l.released_to, 'YYYYMM') THEN to_char(l.released_from, 'YYYYMM')::bigint ELSE 0 END ELSE dimension_of(f, $f4::text, s.stage, s.measure, s.counsel, s.place) END, $n4::bigint[], $m4::bigint)   --? f4
  AND passes(CASE $f5::text WHEN 'releaseKind' THEN l.release::bigint WHEN 'releaseMonth' THEN CASE WHEN isfinite(l.released_from) AND to_char(l.released_from, 'YYYYMM') = to_char(l.released_to, 'YYYYMM') THEN to_char(l.released_from, 'YYYYMM')::bigint ELSE 0 END ELSE dimension_of(f, $f5::text, s.stage, s.measure, s.counsel, s.place) END, $n5::bigint[], $m5::bigint)   --? f5
  AND passes(CASE $f6::text WHEN 'releaseKind' THEN l.release::bigint WHEN 'releaseMonth' THEN CASE WHEN isfinite(l.released_from) AND to_char(l.released_from, 'YYYYMM') = to_char(l.released_to, 'YYYYMM') THEN to_char(l.released_from, 'YYYYMM')::bigint ELSE 0 END ELSE dimension_of(f, $f6::text, s.stage, s.measure, s.counsel, s.place) END, $n6::bigint[], $m6::bigint)   --? f6
GROUP BY 1, 2, 3
