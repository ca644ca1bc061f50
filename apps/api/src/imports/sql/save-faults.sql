-- Keeps where and why rows were refused; never what stood there. A repeat of the same row keeps one.
-- Not a change of a case; the batch that found the faults is audited.
-- @param {Jsonb} $1:faults  rows of import_fault
INSERT INTO import_fault SELECT r.* FROM jsonb_populate_recordset(null::import_fault, $1::jsonb) r
ON CONFLICT DO NOTHING
