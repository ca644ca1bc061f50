/**
 * The first administrator: a one-time code is printed on the console of a service that has no user yet, and whoever
 * holds it creates the organisation. There is no default password anywhere.
 */
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Database, type Tx } from '#lib/database';
import { Clock } from '../platform/clock.js';
import { foldEmail } from '../platform/validation/account-fields.js';
import { CommonPasswords } from './common-passwords.service.js';
import { PasswordsService, type HashedPassword } from './passwords.service.js';
import type { SetUpBody } from './sessions.dto.js';
import { sessionProblems } from './sessions.problems.js';
import type { SignedIn } from './sign-in.service.js';
import { hashSetupCode, newSetupCode } from './set-up-codes.js';
import { SetUpRepository, type NewOrganisation } from './set-up.repository.js';

const CODE_HOURS = 24;

/** The administrator an organisation begins with. */
export interface FirstAdministrator {
  readonly email: string;
  readonly displayName: string;
  readonly password: HashedPassword;
}

@Injectable()
export class SetUpService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly common: CommonPasswords,
    private readonly passwords: PasswordsService,
    private readonly setUp: SetUpRepository,
  ) {}

  /** A fresh code when the installation has no user yet; earlier codes stop working. */
  async codeIfNeeded(): Promise<string | null> {
    if (await this.setUp.hasUsers()) return null;
    const { code, hash } = newSetupCode();
    const expiresAt = new Date(this.clock.now().getTime() + CODE_HOURS * 3_600_000);
    await this.database.write(null, async (tx) => {
      await this.setUp.replaceCode(tx, hash, expiresAt);
      await tx.audit('setup.code-issued');
    });
    return code;
  }

  async createFirst(body: SetUpBody, requestId: string): Promise<SignedIn> {
    await this.common.check(body.password, [body.organisation, body.acronym, body.email, body.displayName]);
    const password = await this.passwords.hash(body.password);
    return this.database.write(null, async (tx) => {
      const good = await this.setUp.useCode(tx, hashSetupCode(body.code), this.clock.now());
      if (!good || (await this.setUp.hasUsersIn(tx))) throw sessionProblems.setupRefused({});
      const { organisation: name, acronym, country, office, email, displayName } = body;
      const made = await this.createOrganisation(
        tx,
        { name, acronym, country, office },
        { email, displayName, password },
      );
      await tx.audit('setup.completed', {
        subjectId: made.userId,
        details: { organisationId: made.organisationId, requestId },
      });
      return { userId: made.userId, organisationId: made.organisationId, roles: ['administrator' as const] };
    });
  }

  /** An organisation with its first office and its first administrator, inside somebody's transaction. */
  async createOrganisation(
    tx: Tx,
    organisation: NewOrganisation,
    first: FirstAdministrator,
  ): Promise<{ readonly organisationId: string; readonly officeId: string; readonly userId: string }> {
    if (!(await this.setUp.hasPack(tx, organisation.country)))
      throw sessionProblems.countryUnknown({}, [
        { pointer: '/country', code: 'country.unknown', detail: 'There is no pack for this country.' },
      ]);
    const { id: organisationId, officeId } = await this.setUp.insertOrganisation(tx, organisation);
    const { email, displayName, password } = first;
    const userId = randomUUID();
    await this.setUp.insertAccount(tx, {
      id: userId,
      organisationId,
      officeId,
      email: foldEmail(email),
      displayName,
      roles: ['administrator'],
      passwordHash: this.passwords.recordFor(userId, password),
    });
    return { organisationId, officeId, userId };
  }
}
