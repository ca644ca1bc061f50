-- Seals audit entries: leaves, the subtrees that they complete, and the signed checkpoint over them, or nothing at all.
-- Nothing of a case is changed and no act is done, so no audit entry is written; it would have to be sealed again.
-- One process seals at a time; whoever comes second finds the places taken and has nothing to do. Nobody waits.
-- @param {BigInt} $1:before  leaves there were
-- @param {Uuid[]} $2:entries  what is sealed, in order
-- @param {Bytes[]} $3:leaves  their digests
-- @param {Jsonb} $4:nodes  subtrees to keep
-- @param {BigInt} $5:size  leaves there are now
-- @param {Text} $6:note  the signed checkpoint
-- @param {Bytes} $7:frontier  right edge of the tree
-- @param {Text} $8:seen  the snapshot under which they were looked for
-- @param {BigInt} $9:server  the server that counts these transactions
WITH turn AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(hashtext('amparo audit seal')) AS mine),
leaves AS (
  INSERT INTO audit_leaf (position, entry_id, digest)
  SELECT $1::bigint + r.nth - 1, r.entry_id, r.digest FROM unnest($2::uuid[], $3::bytea[]) WITH ORDINALITY AS r(entry_id, digest, nth) WHERE (SELECT mine FROM turn)
),
nodes AS (
  INSERT INTO audit_node (level, position, digest)
  SELECT r.level, r.position, r.digest FROM jsonb_to_recordset($4::jsonb) AS r(level smallint, position bigint, digest bytea) WHERE (SELECT mine FROM turn)
)
INSERT INTO audit_checkpoint (size, note, frontier, seen, server)
SELECT $5::bigint, $6::text, $7::bytea, $8::text::pg_snapshot, $9::bigint WHERE (SELECT mine FROM turn)
RETURNING size::text AS size
