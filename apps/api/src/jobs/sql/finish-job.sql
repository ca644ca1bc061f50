-- Ends a job that still runs. Nothing of a case is changed, and the acts of the job audit themselves.
-- @param {Uuid} $1:job  the job
-- @param {Text} $2:status  succeeded, failed or cancelled
-- @param {DateTime} $3:now  this moment
-- @param {Jsonb} $4:result?  what came of it
-- @param {Text} $5:problem?  code of the problem that ended it
UPDATE job SET status = $2::text, finished_at = $3::timestamptz, heartbeat_at = $3::timestamptz, problem = $5::text, result = coalesce($4::jsonb, result),
  total = CASE WHEN $2::text = 'succeeded' THEN done ELSE total END
WHERE id = $1::uuid AND status = 'running'
RETURNING id
