-- The day on which a case was closed, in its country, or no row while it is open: the last word on its monitoring.
-- @param {Uuid} $1:case  the case
-- @param {Text} $2:zone  the zone of its country
SELECT (max(m.recorded_at) AT TIME ZONE $2::text)::date::text AS "closedOn"
FROM case_file c JOIN amendment m ON m.case_id = c.id AND m.field = 'monitoring'
WHERE c.id = $1::uuid AND c.monitoring = 'CLOSED'
GROUP BY c.id
