/**
 * Structured logs that carry no personal data: an allow-list of fields, route templates instead of addresses, never a
 * body, query, parameter or the message of an error that was not foreseen.
 */
import pino from 'pino';

/** Lines are written together, at the latest after this time: a call of the system for each cost every request as much as the guard. */
const WRITTEN_MS = 250;

const output = pino.destination({ dest: 1, sync: false, minLength: 4_096 });
setInterval(() => output.flush(), WRITTEN_MS).unref();
// What a process says last it must still say; pino itself writes a fatal line at once.
process.on('exit', () => output.flushSync());

export const log = pino(
  {
    level: 'info',
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  },
  output,
);
