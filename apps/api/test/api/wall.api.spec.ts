/**
 * The second wall behind the service: its own predicate is told a lie about who is asking, while the token stays what it
 * is. Row-level security alone must still hold, and give each caller just what they had before.
 */
import type { Caller } from '#lib/access';
import { aCase, callerOf, EVERYBODY, ORGANISATIONS, type RecordedCase, type Who } from '#lib/testing';
import { auditRow } from '#lib/database';
import { CasesRepository } from '../../src/cases/cases.repository.js';
import { aService, type ServiceUnderTest } from './service-under-test.js';

let api: ServiceUnderTest;
let files: Readonly<Record<'central' | 'west' | 'other', RecordedCase>>;
beforeAll(async () => {
  api = await aService();
  const record = (word: string, who: Who): Promise<RecordedCase> =>
    aCase().named(word, 'Ejemplo').arrestedOn('2022-05-03').recordedBy(api.as(who));
  files = {
    central: await record('Uno', 'caseworker'),
    west: await record('Dos', 'caseworker in the west'),
    other: await record('Tres', 'stranger caseworker'),
  };
});
afterAll(() => api.stop());

/** The entry that goes along with a reading; it speaks for whoever really asks, or the wall refuses it. */
const reading = (who: Who, caseId: string) => ({
  audit: auditRow(callerOf(who), 'case.read', { caseId }),
  identity: false,
  limit: null,
});

/** What the service believes when its own check is gone: everybody coordinates every organisation. */
const lies = (who: Who): readonly Caller[] =>
  Object.values(ORGANISATIONS).map(({ id, no }) => ({
    ...callerOf(who),
    roles: ['coordinator'],
    organisationId: id,
    organisationNo: no,
  }));

const REACH: Partial<Record<Who, readonly (keyof typeof files)[]>> = {
  caseworker: ['central'],
  colleague: ['central'],
  'caseworker in the west': ['west'],
  coordinator: ['central', 'west'],
  'second coordinator': ['central', 'west'],
  'stranger caseworker': ['other'],
  'stranger coordinator': ['other'],
};

describe('without the service’s own predicate', () => {
  it.each(EVERYBODY)('%s lists and opens just what the token reaches', async (who) => {
    const cases = api.app.get(CasesRepository);
    const wanted = (REACH[who] ?? []).map((word) => files[word].id).sort();
    const listed: string[] = [];
    const opened = new Set<string>();
    for (const lie of lies(who)) {
      listed.push(...(await cases.casesVisibleTo(lie, {}, '-recordedAt', null, 50)).map(({ id }) => id));
      for (const { id } of Object.values(files))
        if (await cases.caseVisibleTo(lie, id, reading(who, id), '2026-11-26')) opened.add(id);
    }
    expect(listed.sort()).toEqual(wanted);
    expect([...opened].sort()).toEqual(wanted);
  });
});
