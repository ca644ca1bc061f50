/** Which codes of CONTACT (taxonomy.md §5.5) mean that somebody outside reached the person. */

const REACHED: ReadonlySet<string> = new Set([
  'LETTER',
  'CALL',
  'VIDEO_VISIT',
  'VISIT_FAMILY',
  'VISIT_LAWYER',
  'VISIT_ICRC_OR_NHRI',
  'CONTACT_UNSPECIFIED',
]);

/** A parcel that is taken at the gate says nothing about the person: needs.md row 4, "without knowing if the person lives". */
const NOT_REACHED: ReadonlySet<string> = new Set([
  'CAPTURE_DENIED',
  'CAPTURE_ACK_PLACE_UNKNOWN',
  'PLACE_KNOWN_NO_CONTACT',
  'PARCEL_ONLY',
]);

const PLACE_NOT_TOLD: ReadonlySet<string> = new Set(['CAPTURE_DENIED', 'CAPTURE_ACK_PLACE_UNKNOWN']);

/** Whether the person and somebody outside truly reached each other: a letter, a call or a visit. */
export function isContact(code: string): boolean {
  return REACHED.has(code);
}

/** Whether this says that there was no contact. Unknown, refused and not asked say neither (design §3). */
export function deniesContact(code: string): boolean {
  return NOT_REACHED.has(code);
}

/** Whether this says that those who look for the person are not told where the person is. */
export function hidesWhereabouts(code: string): boolean {
  return PLACE_NOT_TOLD.has(code);
}
