-- Names the state of the data: the last change, and which transactions were under way.
-- @param {Int} $1:organisationNo  number of the organisation
SELECT coalesce(max(v.changed), 0)::text AS version, pg_current_snapshot()::text AS snapshot FROM fact_arrest v WHERE v.organisation_no = $1::smallint
