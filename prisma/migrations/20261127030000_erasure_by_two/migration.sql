-- What cannot be undone takes two people: one asks that the keys of a person are destroyed, another one confirms it in time.

-- CreateTable
CREATE TABLE "erasure_request" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "files" UUID[],
    "proposal_id" UUID,
    "asked_at" TIMESTAMPTZ(6) NOT NULL,
    "asked_by" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'OPEN',
    "decided_at" TIMESTAMPTZ(6),
    "decided_by" UUID,

    CONSTRAINT "erasure_request_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "erasure_request_list_idx" ON "erasure_request"("organisation_id", "state", "expires_at", "id");

-- CreateIndex
CREATE INDEX "erasure_request_case_idx" ON "erasure_request"("case_id");

-- What Prisma cannot say.

ALTER TABLE "erasure_request" ADD CONSTRAINT "erasure_request_case_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file"("id") ON DELETE RESTRICT;
ALTER TABLE "erasure_request" ADD CONSTRAINT "erasure_request_proposal_fkey" FOREIGN KEY ("proposal_id") REFERENCES "erasure_proposal"("id") ON DELETE RESTRICT;
ALTER TABLE "erasure_request" ADD CONSTRAINT "erasure_request_state_known" CHECK ("state" IN ('OPEN', 'CONFIRMED', 'WITHDRAWN', 'EXPIRED'));
ALTER TABLE "erasure_request" ADD CONSTRAINT "erasure_request_two_people" CHECK ("state" <> 'CONFIRMED' OR ("decided_by" IS NOT NULL AND "decided_by" <> "asked_by"));
ALTER TABLE "erasure_request" ADD CONSTRAINT "erasure_request_expires" CHECK ("expires_at" <= "asked_at" + interval '14 days');

-- Whether somebody else has asked that this file is erased, and may still be heard. Asked by the policies of the keys, so
-- that one session alone, with whatever statement, destroys none.
CREATE FUNCTION app.erasure_agreed("asked" uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN app.everywhere() AND EXISTS (
    SELECT FROM public.erasure_request r
    WHERE asked = ANY (r.files) AND r.organisation_id = app.organisation() AND r.state = 'OPEN'
      AND r.asked_by <> app.me() AND r.expires_at > now());
END
$$;
REVOKE ALL ON FUNCTION app.erasure_agreed(uuid) FROM PUBLIC;
