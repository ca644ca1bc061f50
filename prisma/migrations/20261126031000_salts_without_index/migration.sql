-- Every audited act paid for an index that only erasing a person uses; erasing is rare and may look at all salts.

DROP INDEX "audit_salt_case_idx";
