/**
 * The last words of a process. Node's own are the message of the error and the line of the program that threw it; both
 * go to a console that is kept in a file, and may hold what somebody typed (threat model T16). Ours name the class and
 * the place, and the process ends with 1, because nobody knows in which state it is.
 */
import { errorFacts } from './error-facts.js';

type Write = (line: string) => void;

const toStandardError: Write = (line) => void process.stderr.write(line);

/** From now on a crash is told by class and place only. */
export function tellCrashesWithoutWords(program: string, write: Write = toStandardError): void {
  const end = (error: unknown): void => {
    write(`${JSON.stringify({ level: 'fatal', program, error: errorFacts(error), msg: 'crashed' })}\n`);
    process.exit(1);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}
