/** What an operator at the console may do with accounts. It is audited with nobody as the actor: the console has no user. */
import { Injectable } from '@nestjs/common';
import { randomBytes, randomUUID } from 'node:crypto';
import type { Role } from '#lib/access';
import { Database, type Tx } from '#lib/database';
import { PasswordsService } from '../access/passwords.service.js';
import { RevocationService, type Ended } from '../access/revocation.service.js';
import { SessionsService } from '../access/sessions.service.js';
import { SetUpService } from '../access/set-up.service.js';
import { Clock } from '../platform/clock.js';
import { foldEmail } from '../platform/validation/account-fields.js';
import { accountProblems } from './accounts.problems.js';
import { OfficesRepository } from './offices.repository.js';
import { UsersRepository } from './users.repository.js';

export interface NewOrganisation {
  readonly name: string;
  readonly acronym: string;
  readonly country: string;
  readonly office: string;
  readonly email: string;
  readonly displayName: string;
}

/** Twenty random bytes in letters that are read aloud easily. */
export const randomPassword = (): string => randomBytes(20).toString('base64url');

@Injectable()
export class OperatorService {
  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly offices: OfficesRepository,
    private readonly passwords: PasswordsService,
    private readonly revocation: RevocationService,
    private readonly sessions: SessionsService,
    private readonly setUp: SetUpService,
    private readonly users: UsersRepository,
  ) {}

  async createOrganisation({
    email,
    displayName,
    ...organisation
  }: NewOrganisation): Promise<{ organisationId: string; officeId: string; password: string }> {
    const password = randomPassword();
    const hashed = await this.passwords.hash(password);
    return this.database.write(null, async (tx) => {
      const { organisationId, officeId } = await this.setUp.createOrganisation(tx, organisation, {
        email,
        displayName,
        password: hashed,
      });
      await tx.audit('organisation.created', { subjectId: organisationId });
      return { organisationId, officeId, password };
    });
  }

  /** Makes sure that an account with these roles and this password exists; used by the demonstration only. */
  async ensureUser(
    organisationId: string,
    officeId: string,
    email: string,
    displayName: string,
    roles: readonly Role[],
    password: string,
  ): Promise<string> {
    const hashed = await this.passwords.hash(password);
    const folded = foldEmail(email);
    return this.database.write(null, async (tx) => {
      const known = await this.users.idAt(tx, folded, organisationId);
      const id = known ?? randomUUID();
      const passwordHash = this.passwords.recordFor(id, hashed);
      if (known === null)
        await this.users.insertUser(tx, {
          id,
          organisationId,
          officeId,
          email: folded,
          displayName,
          roles,
          passwordHash,
        });
      else await this.users.restore(tx, id, { roles, officeId, passwordHash });
      await tx.audit('user.created', { subjectId: id, details: { roles, officeId } });
      return id;
    });
  }

  organisationNamed(acronym: string): Promise<{ readonly organisationId: string; readonly officeId: string } | null> {
    return this.offices.organisationNamed(acronym);
  }

  async newPassword(email: string): Promise<string> {
    const password = randomPassword();
    const hashed = await this.passwords.hash(password);
    await this.database.write(null, async (tx) => {
      const id = await this.userAt(tx, email);
      await this.users.replacePassword(tx, id, this.passwords.recordFor(id, hashed));
      await this.sessions.endFamilies(tx, { userId: id }, 'new password');
      await tx.audit('user.password-reset', { subjectId: id });
    });
    return password;
  }

  async endSessions(email: string): Promise<number> {
    return this.database.write(null, async (tx) => {
      const id = await this.userAt(tx, email);
      const ended = await this.sessions.endFamilies(tx, { userId: id }, 'ended by the operator');
      await tx.audit('session.all-ended', { subjectId: id, details: { ended } });
      return ended;
    });
  }

  /** Closes the one office that is meant and ends what its people hold. */
  async revokeOffice(idOrName: string): Promise<Ended> {
    return this.database.write(null, async (tx) => {
      const [office, another] = await this.offices.officesMeant(tx, idOrName);
      if (!office) throw accountProblems.noOffice({});
      if (another) throw accountProblems.officeAmbiguous({});
      await this.offices.close(tx, office.id, this.clock.now());
      const ended = await this.revocation.endFor(tx, { officeId: office.id }, 'office revoked');
      await tx.audit('office.revoked', { subjectId: office.id, details: { ...ended } });
      return ended;
    });
  }

  private async userAt(tx: Tx, email: string): Promise<string> {
    const id = await this.users.idAt(tx, foldEmail(email));
    if (id === null) throw accountProblems.noUser({});
    return id;
  }
}
