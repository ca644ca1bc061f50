/** The register of what left, and what a withdrawal means for it: nothing comes back, so somebody must be told. */
import { Injectable } from '@nestjs/common';
import type { Caller } from '#lib/access';
import type { Tx } from '#lib/database';
import { NoticesService } from '../notices/notices.service.js';
import { RegisterRepository } from './register.repository.js';

@Injectable()
export class RegisterService {
  constructor(
    private readonly notices: NoticesService,
    private readonly register: RegisterRepository,
  ) {}

  /** Tells coordinators when a consent ends on which a file that has left was resting. Inside the act that records it. */
  async noteAnswer(tx: Tx, caller: Caller, caseId: string, use: string, state: string): Promise<void> {
    if (state === 'GIVEN' || (await this.register.restingOn(tx, caseId, use)) === 0) return;
    await this.notices.raise(tx, caller, { kind: 'CONSENT_WITHDRAWN', caseId });
  }
}
