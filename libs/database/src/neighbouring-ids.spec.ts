import { NeighbouringIds } from './neighbouring-ids.js';

const UUID_4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const many = (ids: NeighbouringIds, count: number): string[] => Array.from({ length: count }, () => ids.next());

describe('neighbouring ids', () => {
  it('are UUIDs of version 4, and no two are the same', () => {
    const made = many(new NeighbouringIds(), 5_000);
    for (const id of made) expect(id).toMatch(UUID_4);
    expect(new Set(made).size).toBe(made.length);
  });

  it('share a beginning for a stretch, and then take another', () => {
    const beginnings = many(new NeighbouringIds(), 256 * 20).map((id) => id.slice(0, 4));
    for (let at = 0; at < beginnings.length; at += 256) expect(new Set(beginnings.slice(at, at + 256)).size).toBe(1);
    // Twenty of 65,536: that more than a few meet by chance does not happen.
    expect(new Set(beginnings).size).toBeGreaterThan(15);
  });

  it('do not tell what another process begins with, nor the same process after a restart', () => {
    const first = new Set(Array.from({ length: 40 }, () => new NeighbouringIds().next().slice(0, 4)));
    expect(first.size).toBeGreaterThan(30);
  });
});
