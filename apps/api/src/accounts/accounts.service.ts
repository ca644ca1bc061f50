/** Users and offices of one organisation. An administrator manages people and sees no case by any route. */
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Caller } from '#lib/access';
import { Database, type Tx, servedBy } from '#lib/database';
import { CommonPasswords } from '../access/common-passwords.service.js';
import { PasswordsService } from '../access/passwords.service.js';
import { RevocationService } from '../access/revocation.service.js';
import { SessionsService } from '../access/sessions.service.js';
import { Answer, created } from '../platform/answer.js';
import { Clock } from '../platform/clock.js';
import { Cursors, type Page } from '../platform/cursor.js';
import { Idempotency, type Retry } from '../platform/idempotency.js';
import { PAGE_DEFAULT, type PageQuery } from '../platform/paging.js';
import { foldEmail } from '../platform/validation/account-fields.js';
import { checkVersion, etagOf } from '../platform/versions.js';
import type {
  AmendOfficeBody,
  AmendUserBody,
  CreateOfficeBody,
  CreateUserBody,
  EndedView,
  OfficeView,
  UserView,
} from './accounts.dto.js';
import { accountProblems } from './accounts.problems.js';
import { OfficesRepository, type Office } from './offices.repository.js';
import { UsersRepository, type User } from './users.repository.js';

const toUserView = ({ id, email, displayName, roles, officeId, disabled, version }: User): UserView => ({
  id,
  email,
  displayName,
  roles,
  officeId,
  disabled,
  version,
});
const toOfficeView = ({ id, name, country, closed, version }: Office): OfficeView => ({
  id,
  name,
  country,
  closed,
  version,
});

@Injectable()
export class AccountsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly common: CommonPasswords,
    private readonly cursors: Cursors,
    private readonly idempotency: Idempotency,
    private readonly offices: OfficesRepository,
    private readonly passwords: PasswordsService,
    private readonly revocation: RevocationService,
    private readonly sessions: SessionsService,
    private readonly users: UsersRepository,
  ) {}

  async listUsers(caller: Caller, query: PageQuery): Promise<Page<UserView>> {
    const limit = query.limit ?? PAGE_DEFAULT;
    const scope = `users|${caller.organisationId}`;
    const after = query.cursor === undefined ? null : this.cursors.open(scope, query.cursor);
    const found = await this.users.usersOf(caller, after && String(after[0]), limit + 1);
    return this.cursors.page(scope, found, limit, (user) => [user.email], toUserView);
  }

  async user(caller: Caller, userId: string): Promise<Answer<UserView>> {
    const user = await this.users.userOf(caller, userId);
    if (!user) throw accountProblems.noUser({});
    return new Answer(toUserView(user), { etag: etagOf(user.version) });
  }

  async createUser(caller: Caller, retry: Retry, body: CreateUserBody): Promise<Answer<UserView>> {
    await this.common.check(body.password, [body.email, body.displayName, caller.acronym]);
    const password = await this.passwords.hash(body.password);
    const { displayName, roles, officeId = null } = body;
    const told = { email: foldEmail(body.email), displayName };
    return this.idempotency.once(
      caller,
      retry,
      async (tx) => {
        await this.checkOffice(tx, caller, body.officeId);
        const { organisationId } = caller;
        const id = randomUUID();
        const passwordHash = this.passwords.recordFor(id, password);
        const user = await this.users.insertUser(tx, { ...told, id, organisationId, officeId, roles, passwordHash });
        await tx.audit('user.created', { subjectId: user.id, details: { roles, officeId } });
        return created(toUserView(user), `/v1/users/${user.id}`, etagOf(user.version));
      },
      { told },
    );
  }

  /** Changes roles, office or name; whoever changes roles or is disabled is signed out everywhere. */
  async amendUser(caller: Caller, userId: string, expected: number, body: AmendUserBody): Promise<Answer<UserView>> {
    const { displayName, roles, officeId, disabled } = body;
    return this.database.write(servedBy(caller), async (tx) => {
      const before = await this.users.userToChange(tx, caller, userId);
      if (!before) throw accountProblems.noUser({});
      checkVersion(expected, before.version);
      await this.checkOffice(tx, caller, officeId ?? undefined);
      const losesAdministration = (roles && !roles.includes('administrator')) || disabled === true;
      if (
        before.roles.includes('administrator') &&
        losesAdministration &&
        !(await this.users.hasAdministratorBeside(tx, caller, { userId }))
      )
        throw accountProblems.lastAdministrator({});
      const now = await this.users.amendUser(tx, userId, expected, {
        displayName,
        roles,
        officeId,
        disabledAt: this.since(disabled),
      });
      if (!now.changed) checkVersion(expected, now.version);
      if (roles !== undefined || disabled === true) await this.sessions.endFamilies(tx, { userId }, 'roles changed');
      await tx.audit('user.changed', {
        subjectId: userId,
        details: { fields: Object.keys(body), rolesBefore: before.roles, rolesAfter: now.roles },
      });
      return new Answer(toUserView(now), { etag: etagOf(now.version) });
    });
  }

  async endSessions(caller: Caller, userId: string): Promise<void> {
    await this.user(caller, userId);
    await this.sessions.endAll(caller, userId, 'ended by an administrator');
  }

  async listOffices(caller: Caller, query: PageQuery): Promise<Page<OfficeView>> {
    const limit = query.limit ?? PAGE_DEFAULT;
    const scope = `offices|${caller.organisationId}`;
    const after = query.cursor === undefined ? null : this.cursors.open(scope, query.cursor);
    const found = await this.offices.officesOf(caller, after && String(after[0]), limit + 1);
    return this.cursors.page(scope, found, limit, (office) => [office.name], toOfficeView);
  }

  async office(caller: Caller, officeId: string): Promise<Answer<OfficeView>> {
    const office = await this.offices.officeOf(caller, officeId);
    if (!office) throw accountProblems.noOffice({});
    return new Answer(toOfficeView(office), { etag: etagOf(office.version) });
  }

  async createOffice(caller: Caller, retry: Retry, body: CreateOfficeBody): Promise<Answer<OfficeView>> {
    return this.idempotency.once(
      caller,
      retry,
      async (tx) => {
        const office = await this.offices.insertOffice(tx, caller, body.name);
        await tx.audit('office.created', { subjectId: office.id });
        return created(toOfficeView(office), `/v1/offices/${office.id}`, etagOf(office.version));
      },
      { told: { name: body.name } },
    );
  }

  /** Renames, closes or opens an office; when it closes, its people are signed out everywhere. */
  async amendOffice(
    caller: Caller,
    officeId: string,
    expected: number,
    body: AmendOfficeBody,
  ): Promise<Answer<OfficeView>> {
    return this.database.write(servedBy(caller), async (tx) => {
      const before = await this.offices.officeToChange(tx, caller, officeId);
      if (!before) throw accountProblems.noOffice({});
      checkVersion(expected, before.version);
      if (body.closed === true && !(await this.users.hasAdministratorBeside(tx, caller, { officeId })))
        throw accountProblems.lastAdministrator({});
      const now = await this.offices.amendOffice(tx, officeId, expected, {
        name: body.name,
        closedAt: this.since(body.closed),
      });
      if (!now.changed) checkVersion(expected, now.version);
      if (body.closed === true) await this.sessions.endFamilies(tx, { officeId }, 'office closed');
      await tx.audit('office.changed', {
        subjectId: officeId,
        details: { fields: Object.keys(body), closed: now.closed },
      });
      return new Answer(toOfficeView(now), { etag: etagOf(now.version) });
    });
  }

  /** Closes an office, whatever version it is of, and ends what its people hold. Repeating it changes nothing. */
  async revokeOffice(caller: Caller, officeId: string): Promise<EndedView> {
    return this.database.write(servedBy(caller), async (tx) => {
      if (!(await this.offices.officeToChange(tx, caller, officeId))) throw accountProblems.noOffice({});
      if (!(await this.users.hasAdministratorBeside(tx, caller, { officeId })))
        throw accountProblems.lastAdministrator({});
      await this.offices.close(tx, officeId, this.clock.now());
      const ended = await this.revocation.endFor(tx, { officeId }, 'office revoked');
      await tx.audit('office.revoked', { subjectId: officeId, details: { ...ended } });
      return ended;
    });
  }

  /** Ends what everybody in the organisation holds. */
  async revokeEverybody(caller: Caller): Promise<EndedView> {
    const { organisationId } = caller;
    return this.database.write(servedBy(caller), async (tx) => {
      const ended = await this.revocation.endFor(tx, { organisationId }, 'everybody signed out');
      await tx.audit('organisation.signed-out', { subjectId: organisationId, details: { ...ended } });
      return ended;
    });
  }

  private async checkOffice(tx: Tx, caller: Caller, officeId: string | undefined): Promise<void> {
    if (officeId === undefined || (await this.offices.isOpen(tx, caller, officeId))) return;
    throw accountProblems.officeUnknown({}, [
      { pointer: '/officeId', code: 'office.unknown', detail: 'There is no such open office.' },
    ]);
  }

  /** Since when something holds that was switched on now; null when it was switched off, undefined when left alone. */
  private since(on: boolean | undefined): Date | null | undefined {
    if (on === undefined) return undefined;
    return on ? this.clock.now() : null;
  }
}
