-- Says that a worker is alive and how far it is; answers whether somebody wants the job to stop.
-- Nothing of a case is changed, and the acts of the job audit themselves.
-- @param {Uuid} $1:job  the job
-- @param {DateTime} $2:now  this moment
-- @param {Int} $3:done?  units done
UPDATE job SET heartbeat_at = $2::timestamptz
  , done = $3::int   --? done
WHERE id = $1::uuid AND status = 'running'
RETURNING cancel_wanted AS "cancelWanted"
