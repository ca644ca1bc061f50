-- Keeps a piece of an uploaded file until its import has ended. Sealed bytes only; the import audits what comes of them.
-- @param {Uuid} $1:job  the import
-- @param {Int} $2:position  number of the piece
-- @param {Bytes} $3:content  the bytes
INSERT INTO import_piece (job_id, position, content) VALUES ($1::uuid, $2::int, $3::bytea)
