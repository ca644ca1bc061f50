-- Destroys the data keys of some cases: what they sealed is noise from now on, in old backups too once those of the keys
-- are gone. Answers what names each key that was destroyed. The act audits itself.
-- @param {Uuid[]} $1:cases  the cases
DELETE FROM case_key k WHERE k.case_id = ANY ($1::uuid[])
RETURNING k.case_id AS "caseId", k.class, k.version, encode(sha256(k.blob), 'hex') AS blob
