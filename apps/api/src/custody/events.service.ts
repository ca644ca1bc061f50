/** Recording what happened: each event in one transaction with its checks, its facts and its audit row. */
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Caller } from '#lib/access';
import { sequenceFaults } from '#lib/custody';
import { Database, type Tx } from '#lib/database';
import type { Fault } from '#lib/problem';
import { dayInZone } from '#lib/time';
import type { Answer } from '../platform/answer.js';
import { Clock } from '../platform/clock.js';
import type { Retry } from '../platform/idempotency.js';
import { checkVersion } from '../platform/versions.js';
import { bornOf, rowsIn, toCaseFile, toTimelineEvent, type CaseParts } from '../record/case-file.js';
import { CasePartsService } from '../record/case-parts.js';
import { partsOf } from '../record/case-parts.repository.js';
import { caseProblems } from '../record/case.problems.js';
import { EVENT_KINDS, type EventPath } from '../record/event-kinds.js';
import { eventRow, rowsOfEvent, type Row } from '../record/event-rows.js';
import { RecordRemedyStepBody } from '../record/events.dto.js';
import { lockForAct, type PersonFiles } from '../record/person-files.js';
import type { RecordedView } from '../record/recorded.view.js';
import { Catalogue } from '../reference/catalogue.js';
import { ActsService } from './acts.service.js';
import { eventProblems, supportProblems } from './custody.problems.js';
import { EventsRepository, type WithdrawableTable } from './events.repository.js';
import type { ChooseAccountBody } from './support.dto.js';

interface References {
  readonly corrects?: string;
  readonly sourceId?: string;
  readonly arrestId?: string;
  readonly previousArrestId?: string;
}

const KINDS = Object.values(EVENT_KINDS);
const WITHDRAWABLE: readonly WithdrawableTable[] = [...KINDS, { kind: 'remedyStep', table: 'remedy_step' }];

@Injectable()
export class EventsService {
  constructor(
    private readonly database: Database,
    private readonly acts: ActsService,
    private readonly catalogue: Catalogue,
    private readonly clock: Clock,
    private readonly events: EventsRepository,
    private readonly parts: CasePartsService,
  ) {}

  /** Records one event of the custody timeline, or a correction of one. */
  async record(
    caller: Caller,
    retry: Retry,
    caseId: string,
    path: EventPath,
    body: object,
  ): Promise<Answer<RecordedView>> {
    const { kind, table, body: type, audit } = EVENT_KINDS[path];
    return this.acts.record(caller, retry, caseId, async (tx, files, by) => {
      this.acts.checkCodes(type, body, files.file.country);
      await this.checkAllegation(tx, caller, caseId, body);
      const parts = await this.parts.forReading(
        tx,
        files.all.map((file) => file.id),
      );
      checkReferences(parts, caseId, table, body);
      const id = randomUUID();
      this.checkOrder(files, parts, table, eventRow(EVENT_KINDS[path], id, body, by));
      const { corrects } = body as References;
      const details = { kind, ...(corrects ? { corrects } : {}) };
      return { id, kind, rows: rowsOfEvent(path, body, id, by), audit, details, changesFacts: true };
    });
  }

  /** Records what became of a petition. */
  async recordStep(
    caller: Caller,
    retry: Retry,
    caseId: string,
    remedyId: string,
    body: RecordRemedyStepBody,
  ): Promise<Answer<RecordedView>> {
    return this.acts.record(caller, retry, caseId, async (tx, files, by) => {
      this.acts.checkCodes(RecordRemedyStepBody, body, files.file.country);
      const parts = await partsOf(
        tx,
        files.all.map((file) => file.id),
      );
      if (!isIn(parts, 'remedy', caseId, remedyId)) throw eventProblems.notFound({});
      checkReferences(parts, caseId, 'remedy_step', body);
      const id = randomUUID();
      const row = {
        ...eventRow({ table: 'remedy_step', body: RecordRemedyStepBody }, id, body, by),
        remedy_id: remedyId,
      };
      return {
        id,
        kind: 'remedyStep',
        rows: { remedy_step: [row] },
        audit: 'remedy-step.recorded',
        details: { remedyId },
        changesFacts: true,
      };
    });
  }

  /** Decides which of several accounts of one fact is used. The others stay beside it. */
  async choose(
    caller: Caller,
    retry: Retry,
    caseId: string,
    { eventId, reason }: ChooseAccountBody,
  ): Promise<Answer<RecordedView>> {
    return this.acts.record(caller, retry, caseId, async (tx, files) => {
      const parts = await partsOf(
        tx,
        files.all.map((file) => file.id),
      );
      const known = KINDS.some(({ table }) => stands(parts, table, eventId));
      if (!known)
        throw eventProblems.badReference({}, [
          { pointer: '/eventId', code: 'event.unknown', detail: 'This case has no such event.' },
        ]);
      const id = await this.events.insertChoice(tx, caller, caseId, eventId, reason, this.clock.now());
      return { id, kind: 'accountChoice', audit: 'account.chosen', details: { eventId }, changesFacts: true };
    });
  }

  /** Takes an event back: it stays in the record with who did it and why, and counts for nothing from now on. */
  async withdraw(caller: Caller, caseId: string, eventId: string, expected: number): Promise<void> {
    if (caller.reason === null) throw caseProblems.reasonNeeded({});
    await this.database.write(caller, async (tx) => {
      const files = await lockForAct(tx, caller, caseId);
      checkVersion(expected, files.file.version);
      const parts = await partsOf(tx, [caseId]);
      const found = WITHDRAWABLE.find(({ table }) => stands(parts, table, eventId));
      if (!found) throw eventProblems.notFound({});
      const { kind } = found;
      await this.events.withdraw(tx, caller, found, caseId, eventId, this.clock.now());
      await this.acts.finish(tx, files, {
        id: eventId,
        kind,
        audit: 'event.withdrawn',
        details: { kind },
        changesFacts: true,
      });
    });
  }

  private async checkAllegation(tx: Tx, caller: Caller, caseId: string, body: object): Promise<void> {
    const alleged = (body as { gangAlleged?: string }).gangAlleged;
    if (alleged !== undefined && !(await this.acts.isAssignedLawyer(tx, caller, caseId)))
      throw supportProblems.privileged({});
  }

  private checkOrder(files: PersonFiles, parts: CaseParts, table: string, row: Row): void {
    const zone = this.catalogue.zoneOf(files.file.country);
    const file = toCaseFile(
      files.all.map((one) => one.id),
      parts,
      zone,
    );
    const person = rowsIn(parts, 'person').find((one) => one['case_id'] === files.file.id);
    const context = {
      today: dayInZone(this.clock.now().getTime(), zone),
      born: bornOf(person),
    };
    const faults = sequenceFaults(file, [toTimelineEvent(table, row, [])], context).map((fault) => ({
      pointer: `/${fault.field}`,
      code: fault.code,
      detail: fault.sentences.en,
    }));
    if (faults.length > 0) throw caseProblems.invalid({}, faults);
  }
}

const isIn = (parts: CaseParts, table: string, caseId: string, id: string): boolean =>
  rowsIn(parts, table).some((row) => row['id'] === id && row['case_id'] === caseId);

/** Whether an event is there and nobody has taken it back. */
const stands = (parts: CaseParts, table: string, id: string): boolean =>
  rowsIn(parts, table).some((row) => row['id'] === id && row['withdrawn_at'] === null);

/** What an event names must be of the same case: the event it corrects of the same kind, its source, its arrest. */
function checkReferences(parts: CaseParts, caseId: string, table: string, body: object): void {
  const names = body as References;
  const places: readonly [keyof References, string][] = [
    ['corrects', table],
    ['sourceId', 'source'],
    ['arrestId', 'arrest'],
    ['previousArrestId', 'arrest'],
  ];
  const faults = places.flatMap(([field, where]): Fault[] => {
    const id = names[field];
    if (id === undefined || isIn(parts, where, caseId, id)) return [];
    return [{ pointer: `/${field}`, code: 'event.unknown', detail: 'This case has no such record of that kind.' }];
  });
  if (faults.length > 0) throw eventProblems.badReference({}, faults);
}
