/** The trail is verified every night by the service itself, and whoever must know of damage is told. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aCase, problem } from '#lib/testing';
import { noteSigner, signedCheckpoint } from '#lib/trail';
import { SealService } from '../../src/audit/seal.service.js';
import { TrailWatch } from '../../src/audit/trail-watch.service.js';
import { aService, type ServiceUnderTest } from './service-under-test.js';

let api: ServiceUnderTest;
let outside: string;
beforeAll(async () => {
  outside = mkdtempSync(join(tmpdir(), 'amparo-watch-'));
  // The hour that comes an hour from now, so that no run of this spec crosses it by itself.
  const soon = new Date(Date.now() + 3_600_000).toISOString().slice(11, 16);
  api = await aService({ worker: false, auditVerifyAt: soon, auditCheckpointDir: outside });
  await aCase().recordedBy(api.as('caseworker'));
  await api.app.get(SealService).seal();
});
afterAll(async () => {
  await api.stop();
  rmSync(outside, { recursive: true, force: true });
});

const look = (): Promise<void> => api.app.get(TrailWatch).look();
const verifications = async (): Promise<number> =>
  (await api.database.sql<{ n: number }>('select count(*)::int as n from audit_verification'))[0]?.n ?? 0;
interface Alert {
  readonly id: string;
  readonly kind: string;
}
const alerts = async (who: 'auditor' | 'administrator' | 'coordinator' | 'stranger administrator'): Promise<Alert[]> =>
  (await api.as(who).get('/v1/alerts').expect(200)).body.items as Alert[];

it('is done once a night, against the checkpoints outside, and says nothing when nothing is found', async () => {
  await look();
  expect(await verifications()).toBe(0);
  api.clock.forward({ hours: 1, minutes: 2 });
  await look();
  api.clock.forward({ minutes: 2 });
  await look();
  expect(await verifications()).toBe(1);
  api.clock.forward({ days: 1 });
  await look();
  expect(await verifications()).toBe(2);
  expect(await alerts('auditor')).toEqual([]);
  const { text } = await api.holding(null).get('/metrics').expect(200);
  expect(text).toMatch(/^amparo_audit_findings 0$/m);
  expect(text).toMatch(/^amparo_audit_verified_timestamp_seconds 1\d{9}/m);
});

it('compares with a checkpoint outside, and tells auditor, coordinators and administrator of every organisation once', async () => {
  writeFileSync(
    join(outside, 'forged.checkpoints'),
    signedCheckpoint(noteSigner(Buffer.alloc(32, 9)), 4, Buffer.alloc(32, 4), new Date()),
  );
  api.clock.forward({ days: 1 });
  await look();
  const { body } = await api.as('auditor').get('/v1/audit/verification').expect(200);
  expect(body).toMatchObject({ intact: false, findings: 1, outside: 1, found: [{ kind: 'outside' }] });
  for (const who of ['auditor', 'coordinator', 'administrator', 'stranger administrator'] as const)
    expect(await alerts(who)).toMatchObject([{ kind: 'audit.finding', seenAt: null }]);
  await api.as('caseworker').get('/v1/alerts').expect(problem(403, 'access.not-permitted'));
  expect((await api.holding(null).get('/metrics').expect(200)).text).toMatch(/^amparo_audit_findings 1$/m);
  // The next night says it again only to whoever has seen the first.
  const [first] = await alerts('administrator');
  await api.as('administrator').put(`/v1/alerts/${first?.id}/seen`).expect(204);
  api.clock.forward({ days: 1 });
  await look();
  expect(await alerts('auditor')).toHaveLength(2);
  expect(await alerts('stranger administrator')).toHaveLength(1);
});

it('is not done where it was switched off', async () => {
  const off = await aService({ worker: false, auditVerifyAt: 'off' });
  try {
    off.clock.forward({ days: 3 });
    await off.app.get(TrailWatch).look();
    expect(await off.database.sql('select from audit_verification')).toEqual([]);
  } finally {
    await off.stop();
  }
});
