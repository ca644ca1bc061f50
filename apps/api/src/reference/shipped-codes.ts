/** Codes that the shipped packs bring, read from their files: for the OpenAPI document, which needs no database. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readPack } from './pack-files.js';

export function shippedCodes(countries: string): (vocabulary: string) => readonly string[] {
  const folders = readdirSync(countries, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && (entry.name === 'core' || existsSync(join(countries, entry.name, 'pack.yaml'))),
  );
  const packs = folders.map((entry) => readPack(join(countries, entry.name)));
  const special = packs.flatMap((pack) => pack.specialValues.map((term) => term.code));
  return (vocabulary) => {
    if (vocabulary === 'AREA')
      return ['UNKNOWN', ...packs.flatMap((pack) => pack.csv('areas.csv').map((row) => row['code'] ?? ''))];
    if (vocabulary === 'PLACE')
      return [...special, ...packs.flatMap((pack) => pack.csv('places.csv').map((row) => row['code'] ?? ''))];
    const lists = packs.flatMap((pack) =>
      pack.vocabularies.filter((list) => (list.code ?? list.extends) === vocabulary),
    );
    if (lists.length === 0) return [];
    return [...new Set([...lists.flatMap((list) => list.terms.map((term) => term.code)), ...special])];
  };
}
