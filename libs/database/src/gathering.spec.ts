import { Gathering } from './gathering.js';

/** Answers a number by its double, when let; thirteen brings misfortune to whoever travels with it. */
function doubling(options: { lanes?: number; most?: number; mayBeOfOne?: boolean } = {}) {
  const batches: (readonly number[])[] = [];
  const held: (() => void)[] = [];
  const gathering = new Gathering<number, number>(
    async (batch) => {
      batches.push(batch);
      await new Promise<void>((go) => held.push(go));
      if (batch.includes(13)) throw new Error('thirteen');
      return batch.map((one) => one * 2);
    },
    { lanes: options.lanes ?? 1, most: options.most ?? 10, mayBeOfOne: () => options.mayBeOfOne ?? true },
  );
  const turn = (): Promise<void> => new Promise((done) => setImmediate(done));
  /** Lets whatever sets out arrive, until nothing is under way. */
  const arrive = async (): Promise<void> => {
    for (let quiet = 0; quiet < 3; quiet += 1) {
      while (held.length > 0) {
        held.shift()!();
        quiet = 0;
        await turn();
      }
      await turn();
    }
  };
  return { gathering, batches, turn, arrive };
}

describe('what is asked at one moment', () => {
  it('travels together, and each gets its own answer', async () => {
    const { gathering, batches, arrive } = doubling();
    const answers = Promise.all([1, 2, 3].map((one) => gathering.ask(one)));
    await arrive();
    expect(await answers).toEqual([2, 4, 6]);
    expect(batches).toEqual([[1, 2, 3]]);
  });

  it('sets out alone when nobody else asks, and those who come meanwhile go with the next', async () => {
    const { gathering, batches, turn, arrive } = doubling();
    const first = gathering.ask(1);
    await turn();
    const others = [gathering.ask(2), gathering.ask(3)];
    await turn();
    expect(batches).toEqual([[1]]);
    await arrive();
    expect(await Promise.all([first, ...others])).toEqual([2, 4, 6]);
    expect(batches).toEqual([[1], [2, 3]]);
  });

  it('does not wait for another batch while a lane is free, and no batch grows without bound', async () => {
    const { gathering, batches, turn, arrive } = doubling({ lanes: 2, most: 2 });
    const answers = [1, 2, 3, 4, 5].map((one) => gathering.ask(one));
    await turn();
    expect(batches).toEqual([
      [1, 2],
      [3, 4],
    ]);
    await arrive();
    expect(await Promise.all(answers)).toEqual([2, 4, 6, 8, 10]);
  });
});

describe('an error', () => {
  it('is answered to the one whose fault it is, and to nobody who travelled along', async () => {
    const { gathering, arrive } = doubling();
    const answers = Promise.allSettled([1, 13, 3].map((one) => gathering.ask(one)));
    await arrive();
    expect((await answers).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('that is nobody’s fault is everybody’s answer at once, and the next may try', async () => {
    const { gathering, batches, arrive } = doubling({ mayBeOfOne: false });
    const answers = Promise.allSettled([1, 13].map((one) => gathering.ask(one)));
    await arrive();
    expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const next = gathering.ask(4);
    await arrive();
    expect(await next).toBe(8);
    expect(batches).toHaveLength(2);
  });

  it('is the answer when a batch comes back with too few answers', async () => {
    const short = new Gathering<number, number>(async () => [], { lanes: 1, most: 5, mayBeOfOne: () => true });
    await expect(short.ask(1)).rejects.toThrow('1 were asked, 0 answered');
  });
});
