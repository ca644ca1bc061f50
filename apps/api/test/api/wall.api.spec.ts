/**
 * The second wall behind the service: its own predicate is told a lie about who is asking, while the token stays what it
 * is. Row-level security alone must still hold, and give each caller just what they had before.
 */
import type { Caller } from '#lib/access';
import { aCase, callerOf, EVERYBODY, ORGANISATIONS, type RecordedCase, type Who } from '#lib/testing';
import { auditRow, Database } from '#lib/database';
import { CaseReadingsRepository } from '../../src/cases/case-readings.repository.js';
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

/** What the service asks for when it believes a lie: the entry of the reading says the same. */
const reading = (caller: Caller, caseId: string) => ({
  caller,
  caseId,
  audit: auditRow(caller, 'case.read', { caseId }),
  identity: false,
  today: '2026-11-26',
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

describe('the facts of a sealed file', () => {
  const seen = async (who: Who): Promise<boolean> => {
    const rows = await api.app
      .get(Database)
      .read(callerOf(who), ({ factArrest }) => factArrest.findMany({ where: { caseId: files.central.id } }));
    return rows.length > 0;
  };

  it('are seen by whoever sees it, also when they were made anew while it was sealed', async () => {
    const coordinator = api.as('coordinator');
    const version = async (): Promise<number> =>
      (await coordinator.get(files.central.path).expect(200)).body.version as number;
    const seal = async (confidentiality: string, more: object = {}) =>
      coordinator.patch(files.central.path, await version(), { confidentiality, ...more }).expect(200);
    const both = async () => [await seen('colleague'), await seen('coordinator')];
    expect(await both()).toEqual([true, true]);
    await seal('SEALED');
    expect(await both()).toEqual([false, true]);
    await coordinator
      .post(`${files.central.path}/custody-spells`, { at: '2022-05-04', place: 'SV-IZALCO' })
      .expect(201);
    expect(await both()).toEqual([false, true]);
    await seal('TEAM', { person: { occupation: 'TEACHER' } });
    expect(await both()).toEqual([true, true]);
    // Sealed and amended at once: the facts are made anew by the same act.
    await seal('SEALED', { person: { sex: 'F' } });
    expect(await both()).toEqual([false, true]);
    await seal('TEAM');
    expect(await both()).toEqual([true, true]);
  });
});

describe('without the service’s own predicate', () => {
  it.each(EVERYBODY)('%s lists and opens just what the token reaches', async (who) => {
    const [cases, readings] = [api.app.get(CasesRepository), api.app.get(CaseReadingsRepository)];
    const wanted = (REACH[who] ?? []).map((word) => files[word].id).sort();
    const listed: string[] = [];
    const opened = new Set<string>();
    for (const lie of lies(who)) {
      listed.push(...(await cases.casesVisibleTo(lie, {}, '-recordedAt', null, 50)).map(({ id }) => id));
      for (const { id } of Object.values(files)) if (await readings.read(reading(lie, id))) opened.add(id);
    }
    expect(listed.sort()).toEqual(wanted);
    expect([...opened].sort()).toEqual(wanted);
  });
});
