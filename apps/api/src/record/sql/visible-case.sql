-- Which cases a caller reaches (libs/access, `visibilityOf`): the one predicate of list, read, search and export.
-- Expects the case as `c`, and the parameters organisation, user, office and the flags everywhere, assigned and opened.
AND c.organisation_id = $organisation::uuid
AND (
  false
  OR true   --? everywhere
  OR (c.office_id = $office::uuid AND (c.confidentiality <> 'SEALED' OR EXISTS (SELECT FROM assignment a WHERE a.case_id = c.id AND a.user_id = $user::uuid AND a.ended_at IS NULL)))   --? office
  OR EXISTS (SELECT FROM assignment a WHERE a.case_id = c.id AND a.user_id = $user::uuid AND a.ended_at IS NULL)   --? assigned
  OR EXISTS (SELECT FROM break_glass b WHERE b.case_id = c.id AND b.user_id = $user::uuid AND b.expires_at > now() AND b.ended_at IS NULL)   --? opened
)
