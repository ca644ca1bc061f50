/**
 * Acts of people who work with the record, in any order and against any case: recording, correcting, taking back,
 * deciding, amending, joining and parting files, importing. For fast-check. What the service refuses is left undone.
 */
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import { aCase } from '#lib/testing';
import { addDays } from '#lib/time';
import { csvOf, imported, rowsOf, sampleBytes, type FormRow } from '../api/form-files.js';
import type { ServiceUnderTest } from '../api/service-under-test.js';

const ACTS = [
  ...['open', 'open', 'record', 'record', 'record', 'record', 'record', 'correct', 'correct', 'withdraw'],
  ...['choose', 'source', 'consent', 'verify', 'amend', 'step', 'merge', 'merge', 'part', 'import'],
] as const;

export interface Throw {
  readonly act: (typeof ACTS)[number];
  /** Which of the cases, events and codes there are. */
  readonly one: number;
  readonly other: number;
  readonly at: string;
}

const day = fc.integer({ min: 0, max: 60 }).map((n) => addDays('2022-04-01', n));
const date = fc.oneof(
  { weight: 5, arbitrary: day },
  { weight: 1, arbitrary: day.map((on) => `${on}T14:30`) },
  { weight: 1, arbitrary: day.map((on) => `${on}~`) },
  { weight: 1, arbitrary: day.map((on) => `${on}/..`) },
  { weight: 1, arbitrary: fc.constantFrom('2022-04', '2022-05', '2022', 'XXXX') },
);

/** Any number of acts, the first of which opens a case. */
export const anyActs = (most: number): fc.Arbitrary<readonly Throw[]> =>
  fc.array(fc.record({ act: fc.constantFrom(...ACTS), one: fc.nat(1_000), other: fc.nat(1_000), at: date }), {
    minLength: Math.floor(most / 2),
    maxLength: most,
  });

/**
 * One of each act, in an order in which each goes through: what a run of dice may never reach is tried once at least.
 * The numbers point at the cases 0 and 1 that it opens, and at entries of `BODIES`.
 */
export const EVERY_ACT: readonly Throw[] = [
  { act: 'open', one: 0, other: 0, at: '2022-04-05' },
  { act: 'open', one: 1, other: 1, at: '2022-04-06' },
  { act: 'record', one: 0, other: 8, at: '2022-04-20' },
  { act: 'step', one: 0, other: 0, at: '2022-04-22' },
  { act: 'correct', one: 0, other: 0, at: '2022-04-21' },
  { act: 'choose', one: 0, other: 0, at: '2022-04-21' },
  { act: 'source', one: 0, other: 0, at: '2022-05-01' },
  { act: 'consent', one: 0, other: 1, at: '2022-05-01' },
  { act: 'verify', one: 0, other: 0, at: '2022-05-01' },
  { act: 'amend', one: 0, other: 3, at: '2022-05-01' },
  { act: 'withdraw', one: 0, other: 1, at: '2022-05-01' },
  { act: 'merge', one: 0, other: 1, at: '2022-05-01' },
  { act: 'part', one: 0, other: 0, at: '2022-05-01' },
];

interface Known {
  readonly id: string;
  readonly events: { readonly path: string; readonly id: string }[];
}

const BODIES: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ['arrests', { area: 'SV-SS-SOYAPANGO', legalGround: 'FLAGRANTE', bases: ['RESIDENCE'], forces: ['FAES'] }],
  ['custody-spells', { place: 'SV-IZALCO' }],
  ['hearings', { stage: 'MEASURES_HEARING', mode: 'VIDEO', defendants: 120 }],
  ['hearings', { stage: 'PRELIMINARY', mode: 'IN_PERSON' }],
  ['measures', { measure: 'PRETRIAL_DETENTION' }],
  ['charges', { charge: 'EXTORSION' }],
  ['counsel', { legalAid: 'PUBLIC_PGR' }],
  ['contacts', { contact: 'CALL' }],
  ['remedies', { remedy: 'HABEAS_CORPUS' }],
  ['remedies', { remedy: 'AMPARO', status: 'ADMITTED' }],
  ['violations', { violation: 'TORTURE', methods: ['BEATING'], forces: ['PNC'] }],
  ['releases', { release: 'RELEASED_MEASURES' }],
  ['releases', { release: 'RELEASE_ORDERED_HELD' }],
  ['deaths', { causeOfficial: 'TB', documents: ['AUTOPSY'], signs: [{ sign: 'BRUISES', observer: 'RELATIVE' }] }],
];

/** What was done so far, and how to do more. */
export class Practice {
  private readonly cases: Known[] = [];
  private readonly merges: string[] = [];
  private readonly sample: readonly FormRow[] = rowsOf(sampleBytes('intake-2022.csv'));
  /** How often each act went through, and how often it was refused. */
  readonly done: Record<string, { yes: number; no: number }> = {};

  constructor(private readonly api: ServiceUnderTest) {}

  /** Does one act; answers whether it went through. Anything but success and a reasoned refusal is an error. */
  async act(one: Throw): Promise<void> {
    const response = await this.attempt(one);
    if (response === null) return;
    const went = response.status < 300;
    if (!went && ![400, 404, 409, 412, 422].includes(response.status)) {
      throw new Error(`${one.act} was answered with ${response.status}: ${response.text}`);
    }
    const count = (this.done[one.act] ??= { yes: 0, no: 0 });
    count[went ? 'yes' : 'no'] += 1;
  }

  private async attempt({ act, one, other, at }: Throw): Promise<Response | null> {
    const { as } = this.api;
    const worker = as(one % 2 === 0 ? 'caseworker' : 'colleague');
    const coordinator = as('coordinator', 'work on the file');
    if (act === 'open' || this.cases.length === 0) {
      const { body } = aCase()
        .known()
        .arrestedOn(at, one % 3 === 0 ? { chargesAtArrest: ['HOMICIDIO'] } : {})
        .of(PEOPLE[other % PEOPLE.length] ?? {});
      const response = await worker.post('/v1/cases', {
        ...body,
        ...(other % 4 === 0 ? { source: { type: 'LAWYER', informedOn: at } } : {}),
      });
      if (response.status === 201) this.cases.push({ id: (response.body as { id: string }).id, events: [] });
      return response;
    }
    const file = this.cases[one % this.cases.length];
    const second = this.cases[other % this.cases.length];
    if (!file || !second) return null;
    const path = `/v1/cases/${file.id}`;
    const event = file.events[other % Math.max(1, file.events.length)];
    switch (act) {
      case 'record': {
        const [kind, body] = BODIES[other % BODIES.length] ?? ['contacts', {}];
        return this.keep(file, kind, await worker.post(`${path}/${kind}`, { ...body, at }));
      }
      case 'correct': {
        if (!event) return null;
        const body = BODIES.find(([kind]) => kind === event.path)?.[1];
        return this.keep(
          file,
          event.path,
          await worker.post(`${path}/${event.path}`, { ...body, at, corrects: event.id }),
        );
      }
      case 'withdraw': {
        if (!event) return null;
        const { body } = await worker.get(path).expect(200);
        return as('caseworker', 'told by mistake').delete(
          `${path}/events/${event.id}`,
          (body as { version: number }).version,
        );
      }
      case 'choose':
        return event
          ? coordinator.post(`${path}/account-choices`, { eventId: event.id, reason: 'the lawyer was there' })
          : null;
      case 'source':
        return worker.post(`${path}/sources`, { type: 'WITNESS', ...(other % 2 === 0 ? { informedOn: at } : {}) });
      case 'consent':
        return worker.post(`${path}/consents`, {
          use: 'ANON_STATISTICS',
          state: ['GIVEN', 'WITHDRAWN', 'REFUSED'][other % 3],
        });
      case 'verify':
        return coordinator.post(`${path}/verifications`, { level: 'CORROBORATED' });
      case 'amend': {
        const { body } = await coordinator.get(path).expect(200);
        const patch = { person: PEOPLE[other % PEOPLE.length] };
        return coordinator.patch(path, (body as { version: number }).version, patch);
      }
      case 'step': {
        const remedy = file.events.find((known) => known.path === 'remedies');
        return remedy ? worker.post(`${path}/remedies/${remedy.id}/steps`, { at, status: 'GRANTED' }) : null;
      }
      case 'merge': {
        const response = await coordinator.post('/v1/merges', {
          keep: file.id,
          absorb: second.id,
          reason: 'one person',
        });
        if (response.status === 201) this.merges.push((response.body as { id: string }).id);
        return response;
      }
      case 'part': {
        const merge = this.merges[other % Math.max(1, this.merges.length)];
        return merge ? coordinator.delete(`/v1/merges/${merge}`) : null;
      }
      default: {
        const rows = Array.from({ length: 3 }, (_, n) => ({
          ...this.sample[(other * 7 + n) % this.sample.length],
          _uuid: randomUUID(),
        }));
        const job = await imported(worker, csvOf(rows as FormRow[]));
        if (job.status !== 'succeeded') throw new Error(`an import was ${job.status}: ${job.problem}`);
        return null;
      }
    }
  }

  private keep(file: Known, path: string, response: Response): Response {
    if (response.status === 201) file.events.push({ path, id: (response.body as { id: string }).id });
    return response;
  }
}

const PEOPLE: readonly Readonly<Record<string, unknown>>[] = [
  { sex: 'F', born: '1990-05' },
  { sex: 'M', ageAtArrest: 16 },
  { sex: 'UNKNOWN', occupation: 'TEACHER', vulnerabilities: ['PREGNANT'] },
  { sex: 'F', born: '2005-01-03/2006-01-02', ageAtArrest: 17 },
];
