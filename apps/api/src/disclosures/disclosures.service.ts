/**
 * A case file leaves in two steps: it is decided and put on record, then it is handed out, and at that moment consent is
 * looked at again (docs/adr/2026-11-26-consent-gates.md). Nothing of the file is kept here.
 */
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { may, type Caller } from '#lib/access';
import {
  decide,
  disclosedFile,
  purposeOf,
  standingConsents,
  type Decision,
  type FileToDisclose,
  type Purpose,
} from '#lib/consent';
import { Database, type Tx } from '#lib/database';
import type { Problem } from '#lib/problem';
import { dayInZone } from '#lib/time';
import { accessProblems } from '../access/access.problems.js';
import { CasesService } from '../cases/cases.service.js';
import { TimelineService } from '../custody/timeline.service.js';
import { NoticesService } from '../notices/notices.service.js';
import { Answer, created } from '../platform/answer.js';
import { Clock } from '../platform/clock.js';
import { Idempotency, type Retry } from '../platform/idempotency.js';
import { caseProblems } from '../record/case.problems.js';
import type { CaseHead } from '../record/person-files.repository.js';
import { filesOfPerson, lockForAct } from '../record/person-files.js';
import { Catalogue } from '../reference/catalogue.js';
import type { DecidedView, DisclosureView, ExportCaseBody } from './disclosures.dto.js';
import { disclosureProblems } from './disclosures.problems.js';
import { RegisterRepository } from './register.repository.js';

interface Question {
  readonly purpose: string;
  readonly identity: boolean;
  readonly override: boolean;
}

@Injectable()
export class DisclosuresService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly catalogue: Catalogue,
    private readonly clock: Clock,
    private readonly idempotency: Idempotency,
    private readonly notices: NoticesService,
    private readonly register: RegisterRepository,
    private readonly timeline: TimelineService,
  ) {}

  /** Decides for a case that it may leave, and puts that on record; a refusal is in the trail too. */
  async decide(caller: Caller, retry: Retry, caseId: string, body: ExportCaseBody): Promise<Answer<DecidedView>> {
    if (caller.reason === null) throw caseProblems.reasonNeeded({});
    const { purpose, recipient, identity = false, override = false } = body;
    if (override && !may(caller, 'consent:override')) throw accessProblems.denied({ permission: 'consent:override' });
    try {
      return await this.idempotency.once(caller, retry, async (tx) => {
        const { file } = await lockForAct(tx, caller, caseId);
        const question = { purpose, identity, override };
        const { uses, overridden, day } = await this.allowed(tx, file, question);
        const now = this.clock.now();
        const chosen = { purpose, recipient, identity, uses, overridden };
        const id = await this.register.insert(tx, caller, caseId, { ...chosen, day, now });
        if (overridden.length > 0)
          await this.notices.raise(tx, caller, { kind: 'CONSENT_OVERRIDDEN', caseId, subjectId: id });
        const details = { purpose, identity, uses, overridden };
        await tx.audit('disclosure.decided', { caseId, subjectId: id, details });
        const address = `/v1/cases/${caseId}/disclosures/${id}/file`;
        return created({ id, uses, overridden, links: { file: address } }, address);
      });
    } catch (error) {
      const code = (error as Problem).code ?? '';
      if (Object.values(disclosureProblems).some((one) => one.code === code))
        await this.database.write(caller, (tx) =>
          tx.audit('disclosure.refused', { caseId, details: { purpose, identity, because: code } }),
        );
      throw error;
    }
  }

  async list(caller: Caller, caseId: string): Promise<DisclosureView[]> {
    return this.database.write(caller, async (tx) => {
      const { file } = await filesOfPerson(tx, caller, caseId, { lock: false });
      const standing = standingConsents(await this.register.consentsOf(tx, caseId), this.today(file.country));
      const found = await this.register.disclosuresOf(tx, file);
      await tx.audit('disclosure.listed', { caseId });
      return found.map((one) => ({
        id: one.id,
        purpose: one.purpose,
        recipient: one.recipient,
        identity: one.identity,
        uses: one.uses,
        overridden: one.overridden,
        ended: one.uses.filter((use) => standing.get(use) !== 'given'),
        decidedOn: one.decidedOn.toISOString().slice(0, 10),
        recordedAt: one.recordedAt.toISOString(),
        recordedBy: one.recordedBy,
        takenAt: one.takenAt?.toISOString() ?? null,
      }));
    });
  }

  /** Hands the file out, as consent stands at this moment. */
  async take(caller: Caller, caseId: string, disclosureId: string): Promise<Answer<string>> {
    if (caller.reason === null) throw caseProblems.reasonNeeded({});
    const { identity } = await this.database.write(caller, async (tx) => {
      await tx.audit('disclosure.opened', { caseId, subjectId: disclosureId });
      return this.stillAllowed(tx, caller, caseId, disclosureId);
    });
    // Without names the record is read as by somebody who gave no reason: names are then not even in our hands.
    const record = await this.recordOf(identity ? caller : { ...caller, reason: null }, caseId);
    const text = await this.database.write(caller, async (tx) => {
      const { purpose, recipient } = await this.stillAllowed(tx, caller, caseId, disclosureId);
      const file = disclosedFile(record, purpose, identity);
      const text = JSON.stringify({ disclosure: disclosureId, purpose: purpose.code, recipient, file });
      const digest = createHash('sha256').update(text).digest();
      await this.register.noteTaken(tx, caseId, disclosureId, this.clock.now(), digest);
      const details = { purpose: purpose.code, identity, digest: digest.toString('hex') };
      await tx.audit('case.exported', { caseId, subjectId: disclosureId, details });
      return text;
    });
    return new Answer(text, {
      contentType: 'application/json; charset=utf-8',
      disposition: `attachment; filename="case-${disclosureId}.json"`,
    });
  }

  /** A disclosure on record, decided anew with the consents of this moment. */
  private async stillAllowed(
    tx: Tx,
    caller: Caller,
    caseId: string,
    disclosureId: string,
  ): Promise<{ readonly purpose: Purpose; readonly recipient: string | null; readonly identity: boolean }> {
    const { file } = await lockForAct(tx, caller, caseId);
    const disclosure = await this.register.disclosureOf(tx, file, disclosureId);
    const purpose = disclosure && purposeOf(disclosure.purpose);
    if (!disclosure || !purpose) throw disclosureProblems.notFound({});
    const { identity, overridden, recipient } = disclosure;
    await this.allowed(tx, file, { purpose: purpose.code, identity, override: overridden.length > 0 });
    return { purpose, recipient, identity };
  }

  /** What allows a file to leave today; a problem that names what is missing when nothing does. */
  private async allowed(
    tx: Tx,
    file: CaseHead,
    { purpose: code, identity, override }: Question,
  ): Promise<{ readonly uses: readonly string[]; readonly overridden: readonly string[]; readonly day: string }> {
    const purpose = purposeOf(code);
    if (!purpose) throw disclosureProblems.notFound({});
    const day = this.today(file.country);
    const consents = await this.register.consentsOf(tx, file.id);
    const { confidentiality } = file;
    const decision = decide({ purpose, identity, override, consents, confidentiality, day });
    if (!decision.may) throw refusal(decision);
    return { uses: decision.uses, overridden: decision.overridden, day };
  }

  /** The file's own record: what was merged into it has its own consents and stays. */
  private async recordOf(reader: Caller, caseId: string): Promise<FileToDisclose> {
    const { body } = await this.cases.read(reader, caseId);
    const sheet = JSON.parse(body.toString('utf8')) as Omit<FileToDisclose, 'events'>;
    const entries = await this.timeline.read(reader, caseId);
    return { ...sheet, events: entries.filter((entry) => entry.caseId === caseId && entry.withdrawn === null) };
  }

  private today(country: string): string {
    return dayInZone(this.clock.now().getTime(), this.catalogue.zoneOf(country));
  }
}

/** Why nothing leaves, with the uses that are missing. */
function refusal(decision: Decision & { readonly may: false }): Problem {
  const { because, missing, refused } = decision;
  if (because === 'sealed') return disclosureProblems.sealed({});
  if (because === 'names-never') return disclosureProblems.namesNever({});
  if (because === 'names-restricted') return disclosureProblems.namesRestricted({});
  return disclosureProblems.consent(
    {},
    missing.map((use) => ({
      pointer: `/consents/${use}`,
      code: refused.includes(use) ? 'consent.refused' : 'consent.missing',
      detail: refused.includes(use)
        ? `The person said no to ${use}.`
        : `There is no consent to ${use} that holds today.`,
    })),
  );
}
