/** Names of artefacts: `amparo-20261126T231500Z-1a2b3c4d.data` and `.keys`. They tell when, and nothing of whom. */
import type { ArtefactKind } from './head.js';

const NAME = /^amparo-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-([0-9a-f]{8})\.(data|keys)$/;

/** An artefact as its name tells it. */
export interface NamedArtefact {
  readonly name: string;
  /** The same for both artefacts of a backup. */
  readonly stem: string;
  readonly kind: ArtefactKind;
  readonly at: Date;
}

/** A backup that is there: whole when both artefacts are. */
export interface StoredBackup {
  readonly stem: string;
  readonly at: Date;
  readonly data: string | null;
  readonly keys: string | null;
}

export const stemOf = (at: Date, backup: string): string =>
  `amparo-${at.toISOString().replace(/[-:]|\.\d+/g, '')}-${backup.slice(0, 8)}`;

/** Null for a name that is not one of ours, a half-written artefact's among them. */
export function readName(name: string): NamedArtefact | null {
  const found = NAME.exec(name);
  if (!found) return null;
  const [, year, month, day, hour, minute, second, , kind] = found;
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(at.getTime())) return null;
  return { name, stem: name.slice(0, name.lastIndexOf('.')), kind: kind as ArtefactKind, at };
}

/** The backups among some names, newest first. */
export function backupsAmong(names: readonly string[]): StoredBackup[] {
  const backups = new Map<string, { stem: string; at: Date; data: string | null; keys: string | null }>();
  for (const named of names.map(readName)) {
    if (!named) continue;
    const backup = backups.get(named.stem) ?? { stem: named.stem, at: named.at, data: null, keys: null };
    backup[named.kind] = named.name;
    backups.set(named.stem, backup);
  }
  return [...backups.values()].sort((a, b) => b.at.getTime() - a.at.getTime() || b.stem.localeCompare(a.stem));
}
