/**
 * Askings that come at the same moment travel together. While nobody waits, one that comes sets out at once; those that
 * come meanwhile go along with the next. So it costs no time when little is going on, and the more comes at once the less
 * each costs: what a statement and its commit cost is shared.
 */

export interface GatheringOptions {
  /** So many batches may be under way at once. */
  readonly lanes: number;
  /** So many go together at most. */
  readonly most: number;
  /** Whether one of a batch may be at fault for this error, so that the others are asked again without it. */
  readonly mayBeOfOne: (error: unknown) => boolean;
}

interface Waiting<Asked, Answer> {
  readonly asked: Asked;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

export class Gathering<Asked, Answer> {
  private readonly waiting: Waiting<Asked, Answer>[] = [];
  private underWay = 0;

  /** @param together answers a batch, in the order asked; each that is asked gets its own answer or error */
  constructor(
    private readonly together: (batch: readonly Asked[]) => Promise<readonly Answer[]>,
    private readonly options: GatheringOptions,
  ) {}

  /** Asks one thing, with whatever else is asked at this moment. */
  ask(asked: Asked): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ asked, resolve, reject });
      // What the same turn of the event loop brings in is one moment.
      if (this.waiting.length === 1) setImmediate(() => this.setOut());
    });
  }

  private setOut(): void {
    while (this.waiting.length > 0 && this.underWay < this.options.lanes) {
      this.underWay += 1;
      void this.travel(this.waiting.splice(0, this.options.most)).finally(() => {
        this.underWay -= 1;
        this.setOut();
      });
    }
  }

  private async travel(batch: readonly Waiting<Asked, Answer>[]): Promise<void> {
    try {
      const answers = await this.together(batch.map(({ asked }) => asked));
      if (answers.length !== batch.length) throw new Error(`${batch.length} were asked, ${answers.length} answered`);
      for (const [index, { resolve }] of batch.entries()) resolve(answers[index]!);
    } catch (error) {
      if (batch.length > 1 && this.options.mayBeOfOne(error)) for (const one of batch) await this.travel([one]);
      else for (const { reject } of batch) reject(error);
    }
  }
}
