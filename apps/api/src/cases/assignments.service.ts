/** Who works on a case. An assignment opens a case to a lawyer, and a sealed one to a caseworker. */
import { Injectable } from '@nestjs/common';
import type { Caller, Role } from '#lib/access';
import { Database } from '#lib/database';
import { created, type Answer } from '../platform/answer.js';
import { Clock } from '../platform/clock.js';
import { Idempotency, type Retry } from '../platform/idempotency.js';
import { checkVersion, etagOf } from '../platform/versions.js';
import { nextVersion } from '../record/person-files.repository.js';
import { lockForAct } from '../record/person-files.js';
import type { RecordedView } from '../record/recorded.view.js';
import type { AssignBody, AssigneeView } from './assignments.dto.js';
import { AssignmentsRepository } from './assignments.repository.js';
import { assignmentProblems } from './cases.problems.js';

const ASSIGNABLE: readonly Role[] = ['lawyer', 'caseworker'];

@Injectable()
export class AssignmentsService {
  constructor(
    private readonly database: Database,
    private readonly assignments: AssignmentsRepository,
    private readonly clock: Clock,
    private readonly idempotency: Idempotency,
  ) {}

  /** People of the organisation who can be assigned. */
  async assignees(caller: Caller): Promise<AssigneeView[]> {
    return this.assignments.colleaguesWith(caller, ASSIGNABLE);
  }

  async assign(caller: Caller, retry: Retry, caseId: string, { userId }: AssignBody): Promise<Answer<RecordedView>> {
    return this.idempotency.once(caller, retry, async (tx) => {
      const files = await lockForAct(tx, caller, caseId);
      if (!(await this.assignments.isColleagueWith(tx, caller, userId, ASSIGNABLE)))
        throw assignmentProblems.noUser({}, [
          { pointer: '/userId', code: 'user.unknown', detail: 'There is no such person who can be assigned.' },
        ]);
      const id = await this.assignments.insertAssignment(tx, caller, caseId, userId, this.clock.now());
      const version = await nextVersion(tx, files.file);
      await tx.audit('assignment.made', { caseId, subjectId: id, details: { userId } });
      return created({ id, caseId, kind: 'assignment', version }, `/v1/cases/${caseId}`, etagOf(version));
    });
  }

  async end(caller: Caller, caseId: string, assignmentId: string, expected: number): Promise<void> {
    await this.database.write(caller, async (tx) => {
      const files = await lockForAct(tx, caller, caseId);
      checkVersion(expected, files.file.version);
      if (!(await this.assignments.endAssignment(tx, caller, caseId, assignmentId, this.clock.now())))
        throw assignmentProblems.notFound({});
      await nextVersion(tx, files.file);
      await tx.audit('assignment.ended', { caseId, subjectId: assignmentId });
    });
  }
}
