/** A clock that goes on by itself and can be put forward. It begins at the present, because Postgres has its own. */
export class TestClock {
  private ahead = 0;

  now(): Date {
    return new Date(Date.now() + this.ahead);
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
