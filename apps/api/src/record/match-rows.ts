/**
 * By what a person is recognised, and what of it is stored: nothing, unless NAME_INDEX is `blind`; then keyed digests,
 * from which nobody reads a name, and whose frequencies tell some (docs/adr/2026-11-27-name-index.md).
 */
import { createHmac } from 'node:crypto';
import { blockingKeys, wordKeys, type MatchPerson } from '#lib/matching';
import { eventDate } from '#lib/time';
import type { Catalogue } from '../reference/catalogue.js';
import type { IdentityBody, PersonBody } from './case.dto.js';
import type { Rows } from './event-rows.js';

type Born = Pick<PersonBody, 'sex' | 'born' | 'ageAtArrest'>;
type Named = Pick<IdentityBody, 'givenNames' | 'familyNames' | 'documentNumber'>;

/** The person of a file, as far as it takes to be recognised, opened. */
export interface FiledPerson {
  readonly sex: string;
  readonly born: string | null;
  readonly ageAtArrest: number | null;
  readonly givenNames: string | null;
  readonly familyNames: string | null;
  readonly documentNumber: string | null;
  readonly arrestedAt: string | null;
  readonly area: string | null;
}

/** The person of a file as the matching library compares people. */
export function matchPerson(
  person: Born,
  identity: Named | undefined,
  arrestedAt: string | null,
  area: string,
  catalogue: Catalogue,
): MatchPerson {
  const chain = catalogue.areaChain(area);
  return {
    givenNames: identity?.givenNames ?? null,
    familyNames: identity?.familyNames ?? null,
    documentNumber: identity?.documentNumber ?? null,
    sex: person.sex,
    born: person.born === undefined ? null : eventDate(person.born),
    ageAtArrest: person.ageAtArrest ?? null,
    arrestedAt: arrestedAt === null ? null : eventDate(arrestedAt),
    area1: chain.find((one) => one.level === 1)?.code ?? null,
    area3: chain.find((one) => one.level === 3)?.code ?? null,
    place: null,
  };
}

/** The same of a person who is on file. */
export function matchPersonOf(filed: FiledPerson, catalogue: Catalogue): MatchPerson {
  const { sex, born, ageAtArrest, givenNames, familyNames, documentNumber, arrestedAt, area } = filed;
  return matchPerson(
    { sex, born: born ?? undefined, ageAtArrest: ageAtArrest ?? undefined },
    {
      givenNames: givenNames ?? undefined,
      familyNames: familyNames ?? undefined,
      documentNumber: documentNumber ?? undefined,
    },
    arrestedAt,
    area ?? 'UNKNOWN',
    catalogue,
  );
}

/** A key as it is stored. */
export interface StoredKey {
  /** A keyed digest as a signed 64-bit number. */
  readonly key: string;
  /** It is of one word of a name or of a number, by which people are searched, not of what makes files worth comparing. */
  readonly searched: boolean;
}

/** The stored form of a key. */
export const digestOfKey = (text: string, key: Buffer): string =>
  createHmac('sha256', key).update(text).digest().readBigInt64BE(0).toString();

/** Everything that is stored of a name: digests by which files meet, and those by which people are searched. */
export function storedKeysOf(person: MatchPerson, aliases: string | null, key: Buffer): StoredKey[] {
  const digests = (texts: readonly string[]): string[] => [...new Set(texts.map((text) => digestOfKey(text, key)))];
  return [
    ...digests(blockingKeys(person)).map((one) => ({ key: one, searched: false })),
    ...digests(wordKeys({ ...person, aliases })).map((one) => ({ key: one, searched: true })),
  ];
}

/** Whose file it is, and in which import it was recorded. */
export interface MatchOwner {
  readonly caseId: string;
  readonly organisationId: string;
  readonly jobId: string | null;
  readonly since: string;
}

/**
 * The place of a new file in the queue of files to compare, and its keys where they are stored.
 * @param key null where nothing is stored of names
 */
export function matchRows(person: MatchPerson, aliases: string | null, key: Buffer | null, owner: MatchOwner): Rows {
  const { caseId, organisationId, jobId, since } = owner;
  const stored = key === null ? [] : storedKeysOf(person, aliases, key);
  return {
    match_key: stored.map((one) => ({ organisation_id: organisationId, case_id: caseId, ...one })),
    match_pending:
      blockingKeys(person).length === 0
        ? []
        : [{ case_id: caseId, organisation_id: organisationId, job_id: jobId, since }],
  };
}
