/** What a case rests on beside its events: sources, consent, notes, and how well it is supported. */
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Caller } from '#lib/access';
import { RegisterService } from '../disclosures/register.service.js';
import type { Answer } from '../platform/answer.js';
import { Clock } from '../platform/clock.js';
import type { Retry } from '../platform/idempotency.js';
import type { RecordedView } from '../record/recorded.view.js';
import { consentRow, sourceRows } from '../record/source-rows.js';
import { RecordSourceBody } from '../record/source.dto.js';
import { ActsService } from './acts.service.js';
import { eventProblems, supportProblems } from './custody.problems.js';
import { RecordConsentBody, RecordVerificationBody } from './support.dto.js';
import { SupportRepository, type NewNote } from './support.repository.js';

@Injectable()
export class SupportService {
  constructor(
    private readonly acts: ActsService,
    private readonly clock: Clock,
    private readonly register: RegisterService,
    private readonly support: SupportRepository,
  ) {}

  async recordSource(
    caller: Caller,
    retry: Retry,
    caseId: string,
    body: RecordSourceBody,
  ): Promise<Answer<RecordedView>> {
    return this.acts.record(caller, retry, caseId, async (_tx, files, by) => {
      this.acts.checkCodes(RecordSourceBody, body, files.file.country);
      const id = randomUUID();
      return { id, kind: 'source', rows: sourceRows(body, id, by), audit: 'source.recorded', changesFacts: true };
    });
  }

  /** Records consent, refusal or withdrawal for one use; the latest answer holds. */
  async recordConsent(
    caller: Caller,
    retry: Retry,
    caseId: string,
    body: RecordConsentBody,
  ): Promise<Answer<RecordedView>> {
    return this.acts.record(caller, retry, caseId, async (tx, files, by) => {
      this.acts.checkCodes(RecordConsentBody, body, files.file.country);
      const row = consentRow(body, await this.support.countConsents(tx, caseId), by);
      const details = { use: body.use, state: body.state ?? 'GIVEN' };
      await this.register.noteAnswer(tx, caller, caseId, details.use, details.state);
      return {
        id: String(row['id']),
        kind: 'consent',
        rows: { consent: [row] },
        audit: 'consent.recorded',
        details,
        changesFacts: true,
      };
    });
  }

  /** Records how well the case is supported. Nobody verifies what they recorded themselves (design §4). */
  async recordVerification(
    caller: Caller,
    retry: Retry,
    caseId: string,
    body: RecordVerificationBody,
  ): Promise<Answer<RecordedView>> {
    return this.acts.record(caller, retry, caseId, async (_tx, files, by) => {
      this.acts.checkCodes(RecordVerificationBody, body, files.file.country);
      if (files.file.recordedBy === caller.userId) throw supportProblems.ownRecord({});
      const id = randomUUID();
      const row = {
        case_id: caseId,
        id,
        level: body.level,
        reason: body.reason ?? null,
        recorded_at: by.recordedAt,
        recorded_by: by.recordedBy,
      };
      return {
        id,
        kind: 'verification',
        rows: { verification: [row] },
        audit: 'verification.recorded',
        details: { level: body.level },
        changesFacts: true,
      };
    });
  }

  async recordNote(caller: Caller, retry: Retry, caseId: string, note: NewNote): Promise<Answer<RecordedView>> {
    return this.acts.record(caller, retry, caseId, async (tx) => {
      const { privileged, corrects } = note;
      if (privileged && !(await this.acts.isAssignedLawyer(tx, caller, caseId))) throw supportProblems.privileged({});
      if (corrects !== undefined && !(await this.support.hasNote(tx, caseId, corrects, privileged)))
        throw eventProblems.badReference({}, [
          { pointer: '/corrects', code: 'event.unknown', detail: 'This case has no such note.' },
        ]);
      const id = await this.support.insertNote(tx, caller, caseId, note, this.clock.now());
      return { id, kind: 'note', audit: 'note.recorded', details: { privileged }, changesFacts: false };
    });
  }
}
