/** Where the person of a case stands today, told from the latest facts. */
import { ApiProperty } from '@nestjs/swagger';
import type { Catalogue } from '../reference/catalogue.js';
import type { StatusFacts } from './case-sheet.js';

const TEXT = { type: 'string' } as const;

export class WaitView {
  @ApiProperty({ type: 'string', enum: ['seen', 'waiting', 'ended-without-judge', 'not-known'] }) state!: string;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Fewest days since the day of arrest that the dates allow.',
  })
  min!: number | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Most days; null where nothing bounds it.' }) max!:
    number | null;
}

export class CaseStatusView {
  @ApiProperty({ type: 'string', enum: ['IN_CUSTODY', 'RELEASED', 'DIED', 'WHEREABOUTS_UNKNOWN', 'UNKNOWN'] })
  liberty!: string;
  @ApiProperty({ ...TEXT, description: 'A code of STAGE.' }) stage!: string;
  @ApiProperty({ type: WaitView }) daysToJudge!: WaitView;
  @ApiProperty({
    type: 'string',
    format: 'date',
    nullable: true,
    description: 'Last day on which the state of the case was known.',
  })
  knownOn!: string | null;
}

/** A day, or null where the side is open. */
export const finite = (day: string): string | null => (day === 'infinity' || day === '-infinity' ? null : day);
const DAY_MS = 86_400_000;

const NOT_KNOWN: WaitView = { state: 'not-known', min: null, max: null };

function days(fromDay: string, toDay: string): number | null {
  const [a, b] = [finite(fromDay), finite(toDay)];
  return a === null || b === null ? null : Math.round((Date.parse(b) - Date.parse(a)) / DAY_MS);
}

/** Interval of days between two intervals of days (libs/custody, `daysFromTo`): an end before the arrest proves nothing. */
function elapsed(state: string, columns: StatusFacts, endFrom: string, endTo: string): WaitView {
  const max = days(columns.arrestedOn ?? '-infinity', endTo);
  if (max !== null && max < 0) return NOT_KNOWN;
  return { state, min: Math.max(0, days(columns.arrestedBy, endFrom) ?? 0), max };
}

/** Days as text compare as days: `-infinity` stands before every digit and `infinity` after it. */
const isKnown = (first: string, today: string): boolean => first <= today;

/**
 * Where the person stands today, from the kept facts of the latest arrest: what `statusAt` of libs/custody says. A test
 * holds both against each other for any file (figures-agree.db.spec.ts).
 * @param isLost whether the last word is that nobody is told where the person is; facts do not say it
 */
export function statusView(
  columns: StatusFacts,
  catalogue: Catalogue,
  today: string,
  isLost: boolean,
): CaseStatusView | null {
  if (columns.arrestedOn === null) return null;
  const died = isKnown(columns.deathFrom, today);
  const released = isKnown(columns.releaseFrom, today) && !(died && columns.deathTo < columns.releaseFrom);
  const [leftFrom, leftTo] = released ? [columns.releaseFrom, columns.releaseTo] : [columns.deathFrom, columns.deathTo];
  const left = released || died;
  const seen = isKnown(columns.judgeFrom, today) && !(left && leftTo < columns.judgeFrom);
  const known = finite(columns.knownOn);
  const last = known === null || known > today ? today : known;
  const wait = seen
    ? elapsed('seen', columns, columns.judgeFrom, columns.judgeTo)
    : left
      ? elapsed('ended-without-judge', columns, leftFrom, leftTo)
      : known === null
        ? NOT_KNOWN
        : elapsed('waiting', columns, last, last);
  const held = isLost ? 'WHEREABOUTS_UNKNOWN' : known === null ? 'UNKNOWN' : 'IN_CUSTODY';
  return {
    liberty: died ? 'DIED' : released ? 'RELEASED' : held,
    stage: catalogue.termById(columns.stage)?.code ?? 'UNKNOWN',
    daysToJudge: wait,
    knownOn: known,
  };
}
