/** What is asked of the service and of the bare server: the same cases, the same pages, the same kind of new case. */
import { randomUUID } from 'node:crypto';
import type { Position } from './bare-work.js';
import { chanceOf, type Chance } from './chance.js';
import type { District } from './intake-form.js';
import { inventIdentity } from './people.js';
import type { Place } from './place.js';
import type { Request } from './load.js';
import type { Server } from './service.js';
import type { Staff, Worker } from './staff.js';

export const PAGE = 20;
const DEEP_PAGE = 500;
/** The filter of the list: arrests without any stated ground, more than half of all. */
const FILTER = 'NONE';
const KNOWN = 5_000;

const bearer = (worker: Worker): Record<string, string> => ({ authorization: `Bearer ${worker.token}` });

/** Everything the requests draw from. */
export interface Subjects {
  /** Cases of the first office. */
  readonly cases: readonly string[];
  /** Term of the filter. */
  readonly legalGround: number;
  /** How many pages in the deep page lies, and where it begins: for the service and for the bare server. */
  readonly deepPage: number;
  readonly cursor: string;
  readonly position: Position | null;
}

/** Looks up what the requests need, walking the list to its deep page as a client would. */
export async function subjectsOf(place: Place, staff: Staff, service: Server): Promise<Subjects> {
  const cases = await place.rows<{ id: string }>('SELECT id FROM case_file WHERE office_id = $1 ORDER BY id LIMIT $2', [
    staff.offices[0]!.id,
    KNOWN,
  ]);
  const [term] = await place.rows<{ id: number }>(
    `SELECT id FROM term WHERE vocabulary = 'ARREST_LEGAL' AND code = $1`,
    [FILTER],
  );
  let [page, cursor] = [1, ''];
  while (page < DEEP_PAGE) {
    const answer = await fetch(`${service.baseUrl}${listPath(cursor)}`, { headers: bearer(staff.caseworker) });
    const { next } = (await answer.json()) as { next: string | null };
    if (next === null) break;
    [page, cursor] = [page + 1, next];
  }
  const before = `SELECT f.arrested_on::text AS day, f.case_id AS id FROM fact_arrest f WHERE f.office_no = $1 AND f.latest AND f.legal_ground = $2 ORDER BY f.arrested_on DESC, f.case_id DESC OFFSET $3 LIMIT 1`;
  const [position] = await place.rows<{ day: string; id: string }>(before, [
    staff.offices[0]!.no,
    term!.id,
    Math.max(0, (page - 1) * PAGE - 1),
  ]);
  return {
    cases: cases.map((row) => row.id),
    legalGround: term!.id,
    deepPage: page,
    cursor,
    position: position ?? null,
  };
}

const listPath = (cursor: string): string =>
  `/v1/cases?legalGround=${FILTER}&limit=${PAGE}${cursor === '' ? '' : `&cursor=${cursor}`}`;

/** A case as a client sends it, about somebody who does not exist. */
export function inventCase(chance: Chance, districts: readonly District[]) {
  const sex = chance.is(0.86) ? 'M' : 'F';
  const { givenNames, familyNames, documentNumber } = inventIdentity(chance, sex);
  const at = new Date(Date.UTC(2022, 2, 27) + chance.below(365) * 86_400_000).toISOString().slice(0, 10);
  return {
    externalId: randomUUID(),
    person: {
      sex,
      ageAtArrest: 18 + chance.below(40),
      occupation: chance.pick(['DAY_LABOURER', 'FARM_WORKER', 'STREET_VENDOR']),
      identity: { givenNames, familyNames, ...(documentNumber === '' ? {} : { documentNumber }) },
    },
    arrest: {
      at,
      area: chance.pick(districts).code,
      legalGround: 'NONE',
      bases: ['ANON_TIP', 'RESIDENCE'],
      forces: ['PNC'],
      emergencyRegime: 'YES',
      chargesAtArrest: ['AGRUPACIONES_ILICITAS'],
    },
    consents: ['INTERNAL_CASE', 'ANON_STATISTICS'],
    source: { type: 'RELATIVE', relation: 'MOTHER', reliability: 'B', credibility: '2' },
    narrative: 'Lo sacaron de la casa de noche; “no mostraron orden”.',
  };
}

/** Requests of the service. */
export function serviceRequests(staff: Staff, subjects: Subjects, districts: readonly District[]) {
  const chance = chanceOf(1, 'service requests');
  const as = (worker: Worker, path: () => string) => (): Request => ({
    method: 'GET',
    path: path(),
    headers: bearer(worker),
  });
  return {
    record: (): Request => ({
      method: 'POST',
      path: '/v1/cases',
      headers: { ...bearer(staff.caseworker), 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify(inventCase(chance, districts)),
    }),
    read: as(staff.caseworker, () => `/v1/cases/${chance.pick(subjects.cases)}`),
    readWithoutNames: as(staff.coordinator, () => `/v1/cases/${chance.pick(subjects.cases)}`),
    list: as(staff.caseworker, () => listPath('')),
    listDeep: as(staff.caseworker, () => listPath(subjects.cursor)),
  };
}

/** The same of the bare server. */
export function bareRequests(staff: Staff, subjects: Subjects, districts: readonly District[]) {
  const chance = chanceOf(2, 'bare requests');
  const first = `/cases?legalGround=${subjects.legalGround}&limit=${PAGE}`;
  const get = (path: () => string) => (): Request => ({
    method: 'GET',
    path: path(),
    headers: bearer(staff.caseworker),
  });
  return {
    record: (): Request => ({
      method: 'POST',
      path: '/cases',
      headers: { ...bearer(staff.bareWriter), 'content-type': 'application/json' },
      body: JSON.stringify(inventCase(chance, districts)),
    }),
    read: get(() => `/cases/${chance.pick(subjects.cases)}`),
    list: get(() => first),
    listDeep: get(() =>
      subjects.position ? `${first}&afterDay=${subjects.position.day}&afterId=${subjects.position.id}` : first,
    ),
  };
}
