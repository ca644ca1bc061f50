/** What an operator does with the trail at the console. */
import type { INestApplicationContext } from '@nestjs/common';
import { readFile } from 'node:fs/promises';
import { checkReceipt, type Finding } from '#lib/trail';
import { Clock } from '../platform/clock.js';
import { CheckpointFiles } from './checkpoint-files.js';
import { ReceiptsService } from './receipts.service.js';
import { TrailWatch } from './trail-watch.service.js';
import type { Verification } from './verification.repository.js';

type Options = Readonly<Record<string, string | undefined>>;

/** What a command says, and with which code it ends. */
export interface Said {
  readonly says: string;
  readonly code: number;
}

const line = (finding: Finding): string => {
  const at = finding.at === null ? '' : `  [${finding.at}]`;
  return `  ${finding.kind.padEnd(10)} ${finding.says}${at}`;
};

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

/** The result of a verification in words. */
export function verificationSays(result: Verification): string {
  const read =
    `Read ${count(result.entries, 'sealed entry', 'sealed entries')} and ${count(result.checkpoints, 'checkpoint', 'checkpoints')}` +
    ` in ${(result.milliseconds / 1000).toFixed(1)} s; ${result.pending} wait for their seal, ${count(result.stubs, 'is a stub whose content was erased', 'are stubs whose content was erased')}.`;
  const compared =
    result.outside === 0
      ? 'No checkpoint from outside was compared. Whoever holds the signing key, or put back an older database, cannot be seen without one: --checkpoint FILE or DIR.'
      : `Compared with ${count(result.outside, 'checkpoint', 'checkpoints')} from outside.`;
  if (result.findings === 0) return `${read}\n${compared}\nThe trail is as it was signed.`;
  const more = result.findings > result.found.length ? `\n  … and ${result.findings - result.found.length} more` : '';
  return `${read}\n${compared}\n${count(result.findings, 'finding', 'findings')}:\n${result.found.map(line).join('\n')}${more}`;
}

/** Verifies the trail; ends with 1 when something was found. */
export async function auditVerify(app: INestApplicationContext, options: Options): Promise<Said> {
  const show = process.stderr.isTTY ? (n: number) => void process.stderr.write(`\r${n} entries`) : undefined;
  const result = await app.get(TrailWatch).verify(options['checkpoint'], show);
  if (show) process.stderr.write('\n');
  return { says: verificationSays(result), code: result.findings === 0 ? 0 : 1 };
}

/** Prints the last checkpoint, as a letter if wished. */
export async function auditCheckpoint(app: INestApplicationContext, options: Options): Promise<Said> {
  const note = await app.get(ReceiptsService).checkpoint();
  const isLetter = options['letter'] !== undefined;
  return { says: isLetter ? app.get(CheckpointFiles).letter(note, app.get(Clock).now()) : note, code: 0 };
}

/** Prints a receipt as JSON. */
export async function auditReceipt(
  app: INestApplicationContext,
  words: readonly string[],
  options: Options,
): Promise<Said> {
  const [entryId] = words;
  if (entryId === undefined || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(entryId))
    throw new Error('Name the entry by its id: audit receipt <id>');
  const earlier = options['checkpoint'] === undefined ? undefined : await readFile(options['checkpoint'], 'utf8');
  const receipt = await app.get(ReceiptsService).receiptAtConsole(entryId, earlier);
  return { says: JSON.stringify(receipt, null, 2), code: 0 };
}

/** Checks a receipt with nothing but the file; no database, no settings. */
export async function auditCheckReceipt(words: readonly string[], options: Options): Promise<Said> {
  const [file] = words;
  if (file === undefined) throw new Error('Name the file: audit check-receipt FILE [--key KEY]');
  const { faults, receipt, size, signedAt } = checkReceipt(await readFile(file, 'utf8'), options['key']);
  if (faults.length > 0 || receipt === null)
    return { says: `The receipt does not hold.\n  ${faults.join('\n  ')}`, code: 1 };
  const { entry, position, key, earlier } = receipt;
  const lines = [
    `The receipt holds: entry ${entry.id} is number ${position + 1} of ${size}, signed at ${signedAt}.`,
    `  action   ${entry.action}`,
    `  at       ${entry.at}`,
    ...(earlier ? ['  The earlier checkpoint in it is the beginning of this one.'] : []),
    options['key'] === undefined
      ? `It is signed with the key below. Compare it with the one that the organisation gave you:\n  ${key}`
      : 'It is signed with your key.',
  ];
  return { says: lines.join('\n'), code: 0 };
}
