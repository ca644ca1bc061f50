/** The filters of a list of cases: from the codes of a query to the numbers that facts carry. */
import type { Caller } from '#lib/access';
import { UNKNOWN_ID, type Catalogue } from '../reference/catalogue.js';
import type { ListCasesQuery } from './cases.dto.js';

/** Parameters of `list-cases.sql`; what is absent does not narrow the list. */
export type CaseFilter = Readonly<Record<string, string | number | undefined>>;

const SINGLE = [
  ['legalGround', 'ARREST_LEGAL'],
  ['sex', 'SEX'],
  ['stage', 'STAGE'],
  ['ageBand', 'AGE_BAND'],
  ['verification', 'VERIFICATION'],
] as const;

const MASKED = [
  ['basis', 'ARREST_BASIS'],
  ['force', 'FORCE'],
] as const;

/** Null when a code is in no list, so that nothing can match. */
export function caseFilter(caller: Caller, query: ListCasesQuery, catalogue: Catalogue): CaseFilter | null {
  const numbers: Record<string, string | number> = {};
  for (const [name, vocabulary] of SINGLE) {
    const code = query[name];
    if (code === undefined) continue;
    const term = catalogue.term(vocabulary, code, caller.country);
    if (!term) return null;
    numbers[name] = term.id;
  }
  for (const [name, vocabulary] of MASKED) {
    const code = query[name];
    if (code === undefined) continue;
    if (!catalogue.term(vocabulary, code, caller.country)) return null;
    numbers[name] = catalogue.maskOf(vocabulary, [code], caller.country).toString();
  }
  if (query.area !== undefined) {
    const area = query.area === 'UNKNOWN' ? { level: 1, id: UNKNOWN_ID } : catalogue.area(query.area);
    if (!area) return null;
    numbers[`area${area.level}`] = area.id;
  }
  if (query.place !== undefined) {
    const place = catalogue.placeNo(query.place);
    if (place === undefined) return null;
    numbers['place'] = place;
  }
  return {
    ...numbers,
    arrestedFrom: query.arrestedFrom,
    arrestedTo: query.arrestedTo,
    externalId: query.externalId,
    assignee: query.assignedTo === 'me' ? caller.userId : query.assignedTo,
  };
}
