/** When the service verifies the trail by itself. */
import { lastTurn, verificationDue } from './index.js';

const at = (text: string): Date => new Date(`${text}:00.000Z`);

it('the last turn is today’s when it is past, and yesterday’s before', () => {
  expect(lastTurn(at('2026-11-27T08:00'), '08:00')).toEqual(at('2026-11-27T08:00'));
  expect(lastTurn(at('2026-11-27T07:59'), '08:00')).toEqual(at('2026-11-26T08:00'));
  expect(lastTurn(at('2026-01-01T00:00'), '00:01')).toEqual(at('2025-12-31T00:01'));
});

it('a trail is verified once a day, also by a service that was down at the hour', () => {
  const due = (now: string, since: string): boolean => verificationDue(at(now), '08:00', at(since));
  expect(due('2026-11-27T08:00', '2026-11-26T08:01')).toBe(true);
  expect(due('2026-11-27T08:05', '2026-11-27T08:00')).toBe(false);
  expect(due('2026-11-27T23:59', '2026-11-27T08:00')).toBe(false);
  expect(due('2026-11-27T12:00', '2026-11-26T08:01')).toBe(true);
  // Somebody who looked at seven does not put the night’s verification off.
  expect(due('2026-11-27T08:00', '2026-11-27T07:00')).toBe(true);
});
