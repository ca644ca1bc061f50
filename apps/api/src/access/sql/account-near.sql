-- The password record of one account, chosen by a point among the ids: the next one, or the first. What it costs to check is
-- what it costs to check an address that has no account.
-- @param {Uuid} $1:point  where to look
(SELECT 0 AS place, id AS "userId", password_hash AS "passwordHash" FROM app_user WHERE id >= $1::uuid AND stands_in_for IS NULL ORDER BY id LIMIT 1)
UNION ALL
(SELECT 1, id, password_hash FROM app_user WHERE stands_in_for IS NULL ORDER BY id LIMIT 1)
ORDER BY place LIMIT 1
