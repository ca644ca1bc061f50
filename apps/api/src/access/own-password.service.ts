/** The two passwords that open an account, as far as its owner changes them. Behind a stand-in nothing real is changed. */
import { Injectable } from '@nestjs/common';
import type { Caller } from '#lib/access';
import type { Tx } from '#lib/database';
import { CommonPasswords } from './common-passwords.service.js';
import { factorProblems } from './factors.problems.js';
import { PasswordsRepository } from './passwords.repository.js';
import { PasswordsService } from './passwords.service.js';
import { SessionsRepository, type Account } from './sessions.repository.js';

/** A record that is to be kept in the place of the one that was read. */
export interface ChangedRecord {
  readonly account: Account;
  readonly record: string;
}

@Injectable()
export class OwnPasswordService {
  constructor(
    private readonly common: CommonPasswords,
    private readonly passwords: PasswordsService,
    private readonly records: PasswordsRepository,
    private readonly sessions: SessionsRepository,
  ) {}

  /** The record with another password of every day; behind a stand-in, with another one under duress. */
  async changed(caller: Caller, present: string, next: string): Promise<ChangedRecord> {
    const account = await this.proven(caller, present, next, '/next');
    const which = account.userId === caller.userId ? 'own' : 'duress';
    return { account, record: await this.passwords.withPassword(which, account.userId, account.passwordHash, next) };
  }

  /** The record with this password under duress; `same` when it is the password of every day. */
  async withDuress(
    caller: Caller,
    present: string,
    duress: string,
  ): Promise<ChangedRecord & { readonly same: boolean }> {
    const account = await this.proven(caller, present, duress, '/duress');
    const { fits } = await this.passwords.verify(account, duress);
    const same = account.userId === caller.userId ? fits === 'own' : present === duress;
    return {
      account,
      same,
      record: await this.passwords.withPassword('duress', account.userId, account.passwordHash, duress),
    };
  }

  /** The record without a password under duress. */
  async withoutDuress(caller: Caller): Promise<ChangedRecord> {
    const account = await this.behind(caller);
    return { account, record: this.passwords.withoutDuress(account.userId, account.passwordHash) };
  }

  /** Keeps a changed record, unless somebody changed it meanwhile. */
  async keep(tx: Tx, account: Account, record: string): Promise<void> {
    if (!(await this.records.replace(tx, account.userId, account.passwordHash, record)))
      throw factorProblems.wrongPassword({});
  }

  private async proven(caller: Caller, present: string, chosen: string, pointer: string): Promise<Account> {
    const account = await this.behind(caller);
    const { displayName, organisation } = await this.sessions.profileOf(caller);
    await this.common.check(chosen, [account.email, displayName, organisation, caller.acronym], pointer);
    const { fits } = await this.passwords.verify(account, present);
    if (fits === null) throw factorProblems.wrongPassword({});
    return account;
  }

  private async behind(caller: Caller): Promise<Account> {
    const account = await this.sessions.accountBehind(caller.userId);
    if (!account) throw factorProblems.stepUpRefused({});
    return account;
  }
}
