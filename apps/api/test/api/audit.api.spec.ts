/** The trail: every act is on it, nobody can change it, only auditors read it, and it names nobody. */
import { Database } from '#lib/database';
import { aCase, idOf, problem, type RecordedCase, type Who } from '#lib/testing';
import { SealService } from '../../src/audit/seal.service.js';
import { TrailContentService } from '../../src/audit/trail-content.service.js';
import { VerificationService } from '../../src/audit/verification.service.js';
import { actsWithNames, MARKS } from './acts-with-names.js';
import { aService, type ServiceUnderTest } from './service-under-test.js';

interface Entry {
  id: string;
  at: string;
  action: string;
  actorId: string | null;
  sessionId: string | null;
  requestId: string | null;
  caseId: string | null;
  subjectId: string | null;
  reason: string | null;
  details: Record<string, unknown> | null;
  contentUnreadable: boolean;
}

let api: ServiceUnderTest;
let file: RecordedCase;
beforeAll(async () => {
  api = await aService();
  file = await actsWithNames(api.as);
});
afterAll(() => api.stop());

const page = async (query = '', who: Who = 'auditor'): Promise<{ items: Entry[]; next: string | null }> =>
  (await api.as(who).get(`/v1/audit?${query}`).expect(200)).body;

it('has an entry for every kind of act', async () => {
  const rows = await api.database.sql<{ action: string }>('select distinct action from audit_entry order by 1');
  expect(rows.map((row) => row.action)).toEqual(
    expect.arrayContaining([
      'account.chosen',
      'assignment.made',
      'case.amended',
      'case.recorded',
      'custody-spell.recorded',
      'hearing.recorded',
      'identity.read',
      'merge.ended',
      'merge.made',
      'note.recorded',
      'remedy.recorded',
      'session.refused',
      'user.created',
      'verification.recorded',
    ]),
  );
});

it('holds identifiers and codes only: no name, no place of a person, no text, not even of a refused request', async () => {
  const rows = await api.database.sql<{ entry: string }>('select e::text as entry from audit_entry e');
  expect(rows.filter((row) => MARKS.test(row.entry))).toEqual([]);
});

it('says who, when, in which session and request, and about which case', async () => {
  const response = await api
    .as('caseworker')
    .post(`${file.path}/contacts`, { at: '2022-06-01', contact: 'CALL' })
    .expect(201);
  const { items } = await page(`caseId=${file.id}&limit=1`);
  expect(items[0]).toMatchObject({
    action: 'contact.recorded',
    actorId: idOf('caseworker'),
    requestId: response.get('x-request-id'),
    caseId: file.id,
    subjectId: response.body.id,
  });
  expect(Math.abs(Date.parse(items[0]!.at) - Date.now())).toBeLessThan(60_000);
});

it('is read page by page, newest first, by action, case and person', async () => {
  const seen: Entry[] = [];
  for (let cursor = ''; ;) {
    const { items, next } = await page(`caseId=${file.id}&limit=5${cursor}`);
    seen.push(...items);
    if (next === null) break;
    cursor = `&cursor=${next}`;
  }
  expect(seen.map((entry) => entry.at)).toEqual(
    seen
      .map((entry) => entry.at)
      .sort()
      .reverse(),
  );
  expect(new Set(seen.map((entry) => entry.id)).size).toBe(seen.length);
  expect(new Set(seen.map((entry) => entry.caseId))).toEqual(new Set([file.id]));
  const { items: byAction } = await page('action=case.recorded&limit=100');
  expect(new Set(byAction.map((entry) => entry.action))).toEqual(new Set(['case.recorded']));
  const { items: byPerson } = await page(`actorId=${idOf('lawyer')}&limit=100`);
  expect(new Set(byPerson.map((entry) => entry.actorId))).toEqual(new Set([idOf('lawyer')]));
  expect(byPerson.map((entry) => entry.action)).toContain('note.recorded');
});

it('is itself read on the record', async () => {
  await page('action=merge.made');
  const { items } = await page('limit=1&action=audit.read');
  expect(items[0]).toMatchObject({ actorId: idOf('auditor'), details: { action: 'merge.made' } });
});

it('is read by auditors and by nobody else', async () => {
  for (const who of ['caseworker', 'lawyer', 'coordinator', 'researcher', 'administrator'] as const) {
    await api.as(who).get('/v1/audit').expect(problem(403, 'access.not-permitted'));
  }
});

it('notes who tried what they may not', async () => {
  await api.as('researcher').get('/v1/figures?indicator=arrests_total').expect(403);
  const { items } = await page(`action=access.denied&actorId=${idOf('researcher')}`);
  expect(items[0]).toMatchObject({ details: { permission: 'figure:read', method: 'GET', route: '/v1/figures' } });
});

it('notes who asked for a case that they may not see, in a transaction that no rollback takes along', async () => {
  await api.as('stranger caseworker').get(file.path).expect(404);
  await api.as('stranger caseworker').post(`${file.path}/contacts`, { at: '2022-06-01', contact: 'CALL' }).expect(404);
  const { items } = await page('action=access.unseen&limit=100', 'stranger auditor');
  expect(items.map(({ actorId, subjectId, caseId, details }) => [actorId, subjectId, caseId, details])).toEqual([
    ...[
      { problem: 'case.not-found', method: 'POST', route: '/v1/cases/:caseId/contacts' },
      { problem: 'case.not-found', method: 'GET', route: '/v1/cases/:caseId' },
    ].map((details) => [idOf('stranger caseworker'), file.id, null, details]),
  ]);
  // Whose case it is learns nothing of it: that would tell them who looks elsewhere.
  expect((await page('action=access.unseen')).items).toEqual([]);
});

it('notes what a rule inside an act refused, although the act left nothing, and whoever tried is not signed in', async () => {
  const first = {
    ...{ code: 'AAAA-BBBB-CCCC-DDDD-EEEE-FFFF', organisation: 'Otra Casa', acronym: 'OTC', country: 'SV' },
    ...{ office: 'Central', displayName: 'Ana', email: 'ana@example.org', password: 'four words make a sentence' },
  };
  await api.holding(null).post('/v1/setup', first).expect(problem(403, 'setup.refused'));
  const rows = await api.database.sql(
    `select actor_id, organisation_id from audit_entry where action = 'access.refused' and sealed is not null`,
  );
  expect(rows).toEqual([{ actor_id: null, organisation_id: null }]);
});

it('shows an organisation its own entries only', async () => {
  await aCase().recordedBy(api.as('stranger caseworker'));
  const { items } = await page('limit=100', 'stranger auditor');
  const ours = new Set([idOf('caseworker'), idOf('coordinator'), idOf('lawyer'), idOf('administrator')]);
  expect(items.filter((entry) => ours.has(entry.actorId ?? ''))).toEqual([]);
  expect((await page(`caseId=${file.id}`, 'stranger auditor')).items).toEqual([]);
});

it('cannot be changed or emptied, not even with a line of SQL', async () => {
  for (const statement of [
    `update audit_entry set action = 'x.y'`,
    'delete from audit_entry',
    'truncate audit_entry',
  ]) {
    await expect(api.database.sql(statement)).rejects.toThrow('audit entries are only ever added');
  }
});

it('has no entry for a change that was refused', async () => {
  const before = await page(`caseId=${file.id}&limit=1`);
  await api.as('caseworker').patch(file.path, 1, { riskLevel: 'LOW' }).expect(412);
  await api.as('caseworker').post(`${file.path}/contacts`, { at: '2090', contact: 'CALL' }).expect(422);
  expect((await page(`caseId=${file.id}&limit=1`)).items).toEqual(before.items);
});

it('keeps an entry whose content was erased, and says that it cannot be read', async () => {
  const trail = api.app.get(TrailContentService);
  const reason = 'asked by the sister';
  await api.as('coordinator', reason).get(file.path).expect(200);
  const read = async (): Promise<Entry | undefined> =>
    (await page(`caseId=${file.id}&action=identity.read&limit=1`)).items[0];
  expect(await read()).toMatchObject({ reason, contentUnreadable: false });
  const stored = await api.database.sql<{ row: string }>('select e::text as row from audit_entry e');
  expect(
    stored.filter(({ row }) => row.includes('sister') || row.includes(Buffer.from('sister').toString('hex'))),
  ).toEqual([]);
  const erased = await api.app.get(Database).write(null, async (tx) => {
    await tx.audit('facts.rebuilt');
    return trail.eraseContentOf(tx, file.id);
  });
  expect(erased).toBeGreaterThan(5);
  expect(await read()).toMatchObject({
    action: 'identity.read',
    caseId: file.id,
    reason: null,
    details: null,
    contentUnreadable: true,
  });
  await api.app.get(SealService).seal();
  const verified = await api.app.get(VerificationService).verify('/dev/null');
  expect([verified.findings, verified.stubs]).toEqual([0, erased]);
});
