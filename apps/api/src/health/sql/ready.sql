-- Whether the database answers, in a transaction.
SELECT 1 AS ready
