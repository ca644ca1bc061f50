/** The clock, injected so that a test can say what day it is. The only place in the service that reads the time. */
export abstract class Clock {
  abstract now(): Date;
}

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}
