-- Cases that stand open by broken glass at this moment, those that close first at the top: what one person opened, or what
-- everybody did whom the caller may see. A case that the asker does not reach any more is none of theirs.
-- @param {Int} $1:limit  how many at most
-- @param {Uuid} $2:user?  who opened them
SELECT b.id, b.case_id AS "caseId", c.number, b.user_id AS "userId", u.display_name AS "displayName",
  to_char(b.opened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "openedAt",
  to_char(b.expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "expiresAt"
FROM break_glass b JOIN case_file c ON c.id = b.case_id LEFT JOIN app_user u ON u.id = b.user_id
WHERE b.expires_at > now() AND b.ended_at IS NULL
  AND b.user_id = $2::uuid   --? user
ORDER BY b.expires_at, b.id
LIMIT $1::int
