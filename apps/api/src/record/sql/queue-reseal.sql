-- Puts every case that has keys into the list of those to be sealed anew; one that waits already stays as it is.
-- The command that asks for it audits it, and so does each batch of the work.
INSERT INTO reseal_pending (case_id, reason)
SELECT c.id, 'rotation' FROM case_file c WHERE c.erased_at IS NULL AND EXISTS (SELECT FROM case_key k WHERE k.case_id = c.id)
ON CONFLICT DO NOTHING
