-- One case for one caller: what the answer is made of, as JSON that Postgres built, or no row when it is not visible.
-- The reading writes its audit row in the same statement. One of identity is counted there too, and where the reader's budget
-- is spent there is no row, as if the case were not visible: whoever gets none asks why.
-- Sealed columns come as they are stored, with the ids they are bound to and the wrapped keys: the service opens them.
-- The answer is one text: a row of twenty columns is described and taken apart anew each time it is asked for.
-- All of it is one door of the wall (prisma/migrations/20261127010000_cheaper_wall).
-- @param {Uuid} $1:case  the case
-- @param {Boolean} $2:identity  whether names and testimony come along
-- @param {Jsonb} $3:audit  the audit row of the reading, signed, in a list
-- @param {Date} $4:today  consents that ran out before this day do not hold
-- @param {Int} $5:limit?  how many readings of identity a day admits, when they are counted
SELECT json_build_object(
  'readings', r.readings, 'version', r.version, 'country', r.country, 'organisationId', r.organisation_id, 'erased', r.erased, 'personId', r.person_id,
  'keys', r.keys, 'recordedBy', r.recorded_by, 'body', r.body,
  'arrestedOn', r.arrested_on, 'arrestedBy', r.arrested_by, 'judgeFrom', r.judge_from, 'judgeTo', r.judge_to, 'releaseFrom', r.release_from,
  'releaseTo', r.release_to, 'deathFrom', r.death_from, 'deathTo', r.death_to, 'knownOn', r.known_on, 'stage', r.stage,
  'mayBeLost', r.may_be_lost, 'opened', r.opened)::text AS sheet
FROM app.read_case($1::uuid, $2::boolean, $3::jsonb, $4::date, $5::int) r
