/** A clock that goes on by itself and can be put forward. It begins at the present, because Postgres has its own. */
export class TestClock {
  private ahead = 0;
  private held: number | null = null;

  now(): Date {
    return new Date((this.held ?? Date.now()) + this.ahead);
  }

  /** Stops it: what is counted by the minute does not depend on how fast the machine is. It can still be put forward. */
  hold(): void {
    this.held = Date.now();
  }

  /** Puts the clock forward. */
  forward(by: {
    readonly days?: number;
    readonly hours?: number;
    readonly minutes?: number;
    readonly seconds?: number;
  }): void {
    const { days = 0, hours = 0, minutes = 0, seconds = 0 } = by;
    this.ahead += (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
  }
}
