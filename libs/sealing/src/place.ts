/** Where a sealed value belongs: the words it is bound to, so that it opens nowhere else. */

/** The row and column of a value, and the class of key it is sealed with. */
export interface Place {
  readonly organisation: string;
  readonly table: string;
  readonly column: string;
  readonly row: string;
  /** Which of a case's keys: identity, testimony, source. */
  readonly keyClass: string;
}

/**
 * Associated data for a place and key version. Every part stands behind its length, so that no two places can spell the
 * same bytes by shifting a letter from one part to the next.
 */
export function boundTo(place: Place, keyVersion: number): Buffer {
  return lengthPrefixed([place.organisation, place.table, place.column, place.row, place.keyClass, String(keyVersion)]);
}

/** Texts one after the other, each behind its length in bytes (32 bits, big end first). */
export function lengthPrefixed(parts: readonly string[]): Buffer {
  // One piece of memory for all of them: this is done for every field of every case that is read.
  const lengths = parts.map((part) => Buffer.byteLength(part, 'utf8'));
  const bytes = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + 4 + length, 0));
  let at = 0;
  parts.forEach((part, index) => {
    at = bytes.writeUInt32BE(lengths[index] ?? 0, at);
    at += bytes.write(part, at, 'utf8');
  });
  return bytes;
}
