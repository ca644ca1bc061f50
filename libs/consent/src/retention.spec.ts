import { dueForErasure } from './index.js';

describe('a closed case', () => {
  it('falls due so many years after it was closed', () => {
    expect(dueForErasure('2022-03-27', 'SHORT')).toBe('2024-03-27');
    expect(dueForErasure('2022-03-27', 'STANDARD')).toBe('2032-03-27');
    expect(dueForErasure('2022-03-27', 'EVIDENCE')).toBe('2052-03-27');
  });

  it('that was closed on a leap day falls due on the day after the last of February', () => {
    expect(dueForErasure('2024-02-29', 'SHORT')).toBe('2026-03-01');
  });

  it('never falls due while it is open, nor when it is kept for good', () => {
    expect(dueForErasure(null, 'SHORT')).toBeNull();
    expect(dueForErasure('1999-01-01', 'PERMANENT')).toBeNull();
  });
});
