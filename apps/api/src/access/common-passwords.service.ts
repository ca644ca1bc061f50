/**
 * The list of what is tried first, shipped offline (nobody outside learns when our people choose a password): passwords
 * from published breaches, and Spanish words and names. Loaded when somebody chooses a password, not before.
 */
import { Injectable } from '@nestjs/common';
import { PASSWORD_SENTENCES, passwordFault } from '#lib/access';
import { passwordProblems } from './sessions.problems.js';

/** Of the word lists only what is long enough to be half a password; short words are in every sentence. */
const WORD_MIN = 5;

@Injectable()
export class CommonPasswords {
  private list: Promise<ReadonlySet<string>> | undefined;

  /**
   * Refuses a password that is on the list, made of it, or names its owner.
   * @param own what anybody knows of them: name, address, organisation
   * @param pointer where in the body the password stands
   */
  async check(password: string, own: readonly string[], pointer = '/password'): Promise<void> {
    this.list ??= readList();
    const fault = passwordFault(password, await this.list, own);
    if (fault === null) return;
    throw passwordProblems.weak({}, [{ pointer, code: fault, detail: PASSWORD_SENTENCES[fault] }]);
  }
}

async function readList(): Promise<ReadonlySet<string>> {
  const [{ dictionary: common }, { dictionary: spanish }] = await Promise.all([
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-es-es'),
  ]);
  const words = Object.values(spanish)
    .flat()
    .filter((word) => word.length >= WORD_MIN);
  return new Set([...common['passwords-common'], ...words].map(plain));
}

const plain = (word: string): string => word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
