/** Opens what is sealed in the JSON of one case. */
import { column } from '../record/event-rows.js';
import type { Opener } from '../record/case-sealing.js';
import type { CaseSheet } from './case-sheet.js';

/**
 * The body with its sealed fields opened, and without identity and testimony where they were not asked for. A field that
 * cannot be opened says "unreadable", and `unreadable` points at it, because somebody might be called that.
 */
export function openedBody({ body, ...sheet }: CaseSheet, opener: Opener, identity: boolean): object {
  if (!identity) {
    delete body.person.identity;
    delete body.narrative;
  }
  const unreadable: string[] = [];
  const open = (pointer: string, table: string, name: string, row: string, stored: unknown): unknown => {
    const before = opener.unreadable.length;
    const value = opener.value(table, name, body.id, row, stored);
    if (opener.unreadable.length > before) unreadable.push(pointer);
    return value;
  };
  const { person, arrest, source } = body;
  const personId = sheet.personId ?? '';
  person['born'] = open('/person/born', 'person', 'born_edtf', personId, person['born']);
  person['genderSelf'] = open('/person/genderSelf', 'person', 'gender_self', personId, person['genderSelf']);
  for (const [field, stored] of Object.entries(person.identity ?? {}))
    (person.identity as Record<string, unknown>)[field] = open(
      `/person/identity/${field}`,
      'person_identity',
      column(field),
      personId,
      stored,
    );
  if (arrest) arrest['forceUnit'] = open('/arrest/forceUnit', 'arrest', 'force_unit', arrest.id, arrest['forceUnit']);
  if (source) source['language'] = open('/source/language', 'source', 'language', source.id, source['language']);
  if (typeof body.narrative === 'object' && body.narrative !== null)
    body.narrative = open('/narrative', 'testimony', 'text', body.narrative.id, body.narrative.text) as string;
  return unreadable.length > 0 ? { ...body, unreadable } : body;
}
