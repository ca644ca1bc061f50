-- Takes up one job: the oldest that waits, or one whose worker has not been heard of. Two workers never take the same.
-- Nothing of a case is changed, and the acts of the job audit themselves.
-- @param {DateTime} $1:now  this moment
-- @param {DateTime} $2:stale  a worker not heard of since then is gone
UPDATE job SET status = 'running', started_at = coalesce(started_at, $1::timestamptz), heartbeat_at = $1::timestamptz, attempts = attempts + 1
WHERE id = (
  SELECT id FROM job
  WHERE ready AND (status = 'queued' OR (status = 'running' AND heartbeat_at < $2::timestamptz))
  ORDER BY created_at LIMIT 1
  FOR UPDATE SKIP LOCKED
)
RETURNING id, organisation_id AS "organisationId", kind, status, created_by AS "createdBy", created_at AS "createdAt", finished_at AS "finishedAt",
  done, total, input, checkpoint, result, problem, attempts
