-- Makes processes that create or change the installation's keys wait for each other until their transactions end.
SELECT pg_advisory_xact_lock(hashtext('amparo installation keys'))::text AS locked
