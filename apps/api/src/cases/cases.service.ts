/** Cases: open, read, list. Each is one statement; what is written carries its audit row itself. */
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { mayReadIdentity, reaches, visibilityOf, type Caller } from '#lib/access';
import { statusAt } from '#lib/custody';
import { auditRow, Database, type AuditRow } from '#lib/database';
import { dayInZone } from '#lib/time';
import { created, rawJson, type Answer } from '../platform/answer.js';
import { PurposeKeys } from '../keys/purpose-keys.js';
import { NameIndex } from '../names/name-index.service.js';
import { Clock } from '../platform/clock.js';
import { type Keys } from '../platform/config.js';
import { Cursors, type Page } from '../platform/cursor.js';
import { Idempotency, type Retry } from '../platform/idempotency.js';
import { PAGE_DEFAULT } from '../platform/paging.js';
import { KEYS } from '../platform/provided.js';
import { requestProblems } from '../platform/validation/body.pipe.js';
import { etagOf } from '../platform/versions.js';
import { ReadingBudgetService } from '../reading/reading-budget.service.js';
import type { OpenCaseBody } from '../record/case.dto.js';
import { auditUnreadable } from '../record/case-parts.js';
import { planCase, type Recording, type RecordingContext } from '../record/case-plan.js';
import { caseProblems } from '../record/case.problems.js';
import { CaseSealing } from '../record/case-sealing.js';
import type { Rows } from '../record/event-rows.js';
import { FactsService } from '../record/facts.service.js';
import { caseFaults, countryOf } from '../record/plausibility.js';
import { Catalogue } from '../reference/catalogue.js';
import { caseFilter } from './case-filter.js';
import { openedBody } from './case-opening.js';
import { CaseReadingsRepository } from './case-readings.repository.js';
import { statusView } from './case-status.js';
import { toCaseItemView, type CaseItemView, type CreatedCaseView } from './case.view.js';
import type { ListCasesQuery } from './cases.dto.js';
import { CasesRepository } from './cases.repository.js';

const NUMBER_TAKEN = 3;

@Injectable()
export class CasesService {
  constructor(
    private readonly cases: CasesRepository,
    private readonly readings: CaseReadingsRepository,
    private readonly catalogue: Catalogue,
    private readonly clock: Clock,
    private readonly cursors: Cursors,
    private readonly idempotency: Idempotency,
    private readonly database: Database,
    private readonly facts: FactsService,
    private readonly budget: ReadingBudgetService,
    private readonly names: NameIndex,
    private readonly purposeKeys: PurposeKeys,
    private readonly sealing: CaseSealing,
    @Inject(KEYS) private readonly keys: Keys,
  ) {}

  /** Records a case: planned in memory, written by one statement together with its retry key, facts and audit row. */
  async open(caller: Caller, retry: Retry, body: OpenCaseBody): Promise<Answer<CreatedCaseView>> {
    const country = countryOf(body, this.catalogue, caller.country);
    if (!this.catalogue.country(country)) throw caseProblems.countryUnknown({});
    const faults = caseFaults(body, [], country, this.catalogue, this.clock.now());
    if (faults.length > 0) {
      const wellFormed = faults.every((fault) => !/unknown|other-country/.test(fault.code));
      throw wellFormed ? caseProblems.invalid({}, faults) : requestProblems.invalid({}, faults);
    }
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.write(caller, retry, body, country);
      } catch (error) {
        // Forty random bits meet once in a lifetime; then another number is drawn.
        const taken = (error as { code?: string }).code === 'record.already-exists' && attempt < NUMBER_TAKEN;
        if (!taken) throw error;
      }
    }
  }

  /** One case, and the reading is audited with it. Identity and testimony come along for whoever may read them. */
  async read(caller: Caller, caseId: string): Promise<Answer<Buffer>> {
    const identity = mayReadIdentity(caller);
    const todayIn = (country: string): string => dayInZone(this.clock.now().getTime(), this.catalogue.zoneOf(country));
    const reading = {
      caller,
      caseId,
      identity: identity === 'yes',
      audit: auditRow(caller, identity === 'yes' ? 'identity.read' : 'case.read', { caseId }),
      today: todayIn(caller.country),
      limit: this.budget.limit,
    };
    const sheet = await this.readings.read(reading);
    if (!sheet && reading.identity) await this.budget.admit(caller);
    if (!sheet) throw caseProblems.notFound({});
    // The database has decided by the token alone. What the service knows of the caller has to agree.
    if (!reaches(caller, { ...sheet.body, organisationId: sheet.organisationId, opened: sheet.opened }))
      throw caseProblems.notFound({});
    if (sheet.readings !== null) await this.budget.noteReading(caller, sheet.readings);
    const today = todayIn(sheet.country);
    const isLost = sheet.mayBeLost && (await this.isLost(caseId, sheet.country, today));
    const opener = await this.sealing.opener(sheet.organisationId, sheet.keys);
    if (sheet.erased) opener.takeAsErased(caseId);
    const answer = JSON.stringify({
      ...openedBody(sheet, opener, reading.identity),
      status: statusView(sheet, this.catalogue, today, isLost),
      ...(identity === 'with-reason' ? { identityWithheld: 'reason-needed' } : {}),
    });
    if (opener.unreadable.length > 0) await this.database.write(caller, (tx) => auditUnreadable(tx, opener));
    return rawJson(answer, { etag: etagOf(sheet.version) });
  }

  async list(caller: Caller, query: ListCasesQuery): Promise<Page<CaseItemView>> {
    const { limit: wanted, cursor, ...filters } = query;
    const limit = wanted ?? PAGE_DEFAULT;
    const sort = query.sort ?? '-arrestedAt';
    const scope = JSON.stringify(['cases', caller.userId, { ...filters, sort }]);
    const after = cursor === undefined ? null : this.cursors.open(scope, cursor);
    const filter = caseFilter(caller, filters, this.catalogue);
    if (filter === null) return { items: [], next: null };
    const position = after && { moment: String(after[0]), id: String(after[1]) };
    const found = await this.cases.casesVisibleTo(caller, filter, sort, position, limit + 1);
    const byArrest = sort.endsWith('arrestedAt');
    return this.cursors.page(
      scope,
      found,
      limit,
      (one) => [byArrest ? one.arrestedOn : one.recordedAt, one.id],
      (one) => toCaseItemView(one, this.catalogue),
    );
  }

  /** Whether the last word is that nobody is told where the person is. Few files hold such a word, so only they are read whole. */
  private async isLost(caseId: string, country: string, today: string): Promise<boolean> {
    const { libertyStatus } = statusAt(await this.facts.readingOf(caseId, country), today);
    return libertyStatus === 'WHEREABOUTS_UNKNOWN';
  }

  private async write(
    caller: Caller,
    retry: Retry,
    body: OpenCaseBody,
    country: string,
  ): Promise<Answer<CreatedCaseView>> {
    const recording = planCase(body, [], this.contextFor(caller, country));
    const view: CreatedCaseView = {
      id: recording.caseId,
      number: recording.number,
      externalId: body.externalId ?? null,
    };
    const answer = created(view, `/v1/cases/${recording.caseId}`, etagOf(1));
    const { rows: clear, audits } = this.assigned(caller, recording);
    const rows = await this.sealing.sealNew(caller.organisationId, clear);
    const recorded = auditRow(caller, 'case.recorded', { caseId: recording.caseId });
    const fresh = await this.cases.insert(caller, this.idempotency.stored(retry), rows, [recorded, ...audits], answer);
    if (!fresh) return this.idempotency.replay<CreatedCaseView>(caller, retry);
    this.names.changed([recording.caseId]);
    return answer;
  }

  /** Who reaches only the cases they are assigned to is assigned to the one they record, or it would be lost to them. */
  private assigned(caller: Caller, { caseId, rows }: Recording): { rows: Rows; audits: readonly AuditRow[] } {
    const { everywhere, office } = visibilityOf(caller);
    if (everywhere || office !== null) return { rows, audits: [] };
    const [id, { userId }] = [randomUUID(), caller];
    const assignment = { case_id: caseId, id, user_id: userId, recorded_at: this.clock.now(), recorded_by: userId };
    return {
      rows: { ...rows, assignment: [assignment] },
      audits: [auditRow(caller, 'assignment.made', { caseId, subjectId: id, details: { userId } })],
    };
  }

  private contextFor(caller: Caller, country: string): RecordingContext {
    if (caller.officeId === null || caller.officeNo === null) throw caseProblems.officeNeeded({});
    return {
      catalogue: this.catalogue,
      matchKey: this.keys.match,
      recognitionKey: this.purposeKeys.get('recognition'),
      organisationId: caller.organisationId,
      organisationNo: caller.organisationNo,
      acronym: caller.acronym,
      officeId: caller.officeId,
      officeNo: caller.officeNo,
      userId: caller.userId,
      country,
      now: this.clock.now(),
      jobId: null,
    };
  }
}
