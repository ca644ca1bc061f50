-- The states that change over time, as they stood at the end of the cut-off day. Expects the fact as `f`.
CROSS JOIN LATERAL (SELECT
  CASE WHEN f.stage_since <= $asOf::date THEN f.stage::int
    ELSE coalesce((SELECT e.code FROM fact_state e WHERE e.case_id = f.case_id AND e.arrest_no = f.arrest_no AND e.kind = 'stage' AND e.since <= $asOf::date ORDER BY e.position DESC LIMIT 1), $unknownStage::int) END AS stage,
  CASE WHEN f.measure_since <= $asOf::date THEN f.measure::int
    ELSE coalesce((SELECT e.code FROM fact_state e WHERE e.case_id = f.case_id AND e.arrest_no = f.arrest_no AND e.kind = 'measure' AND e.since <= $asOf::date ORDER BY e.position DESC LIMIT 1), $unknownMeasure::int) END AS measure,
  CASE WHEN f.counsel_since <= $asOf::date THEN f.counsel::int
    ELSE coalesce((SELECT e.code FROM fact_state e WHERE e.case_id = f.case_id AND e.arrest_no = f.arrest_no AND e.kind = 'counsel' AND e.since <= $asOf::date ORDER BY e.position DESC LIMIT 1), $unknownCounsel::int) END AS counsel,
  CASE WHEN f.place_since <= $asOf::date THEN f.place
    ELSE coalesce((SELECT e.code FROM fact_state e WHERE e.case_id = f.case_id AND e.arrest_no = f.arrest_no AND e.kind = 'place' AND e.since <= $asOf::date ORDER BY e.position DESC LIMIT 1), 0) END AS place
) s
