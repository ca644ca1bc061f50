/** The API as a child process: started, watched, restarted when it crashes, stopped in an orderly way. */
import { closeSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { onClose } from './command.mjs';
import { exitOf, startProgram } from './program.mjs';
import { end, startOf, terminate } from './process.mjs';
import { Plain, inVar, openLog, say, sleep } from './project.mjs';

const entry = 'apps/api/src/main';
const mostRestarts = 5;
const calm = 10 * 60_000;

/**
 * @param {{ env: () => Record<string, string>, baseUrl: string, quiet: boolean }} options `env` is asked again at each
 *   restart, because the database may have moved to another port. `quiet`: its output goes to the log only.
 */
export async function startApi({ env, baseUrl, quiet, onStart = () => undefined }) {
  const log = apiLog();
  let who;
  let stopping = false;

  /** Starts the process and waits until it answers; `exit` resolves when it has ended. */
  async function launch() {
    const child = startProgram(entry, { env: env(), stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    who = { pid: child.pid, start: startOf(child.pid) };
    onStart(who);
    let ended;
    const exit = exitOf(child).then((how) => (ended = how));
    copyLines(child.stdout, log, quiet ? undefined : process.stdout, { notices: true });
    copyLines(child.stderr, log, quiet ? undefined : process.stderr);
    while (!(await answers(baseUrl)) && !stopping) {
      if (ended)
        throw new Plain(
          `The API did not start (${ended.how}).${quiet ? `\n${log.last()}` : ''}\nIts log: var/log/api.log`,
        );
      await sleep(100);
    }
    return { exit };
  }

  async function supervise(exit) {
    for (const crashes = []; ;) {
      const { code, how } = await exit;
      if (stopping || code === 0) return 0; // code 0: somebody asked the API itself to stop
      crashes.push(Date.now());
      const recent = crashes.filter((at) => Date.now() - at < calm).length;
      if (recent > mostRestarts)
        throw new Plain(`The API ended ${recent} times in a short time: giving up. Its log: var/log/api.log`);
      say(`The API ended unexpectedly (${how}): starting it again`);
      await sleep(Math.min(250 * 2 ** recent, 15_000));
      if (stopping) return 0;
      ({ exit } = await launch().catch((error) => {
        say(error.message);
        return { exit: Promise.resolve({ code: 1, how: 'it did not start' }) };
      }));
    }
  }

  async function stop() {
    stopping = true;
    await terminate(who, 20_000);
    log.close();
  }

  onClose(stop);
  const { exit } = await launch();
  return { ended: supervise(exit), restart: () => end(who, [['SIGKILL', 5_000]]) };
}

async function answers(baseUrl) {
  try {
    return (await fetch(`${baseUrl}/health/live`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

/**
 * JSON lines are log records. Other lines on standard output are notices to the operator, such as the first
 * administrator's one-time code: they belong on the console and in no file.
 */
function copyLines(stream, log, console, { notices = false } = {}) {
  createInterface({ input: stream, crlfDelay: Infinity }).on('line', (line) => {
    console?.write(`${line}\n`);
    if (!notices || line.startsWith('{')) log.write(line);
  });
}

function apiLog() {
  const file = inVar('log', 'api.log');
  const recent = [];
  let descriptor = openLog(file);
  let lines = 0;
  return {
    write(line) {
      if (descriptor === undefined) return;
      if (++lines % 10_000 === 0) {
        closeSync(descriptor);
        descriptor = openLog(file); // begins a new file when this one has grown large
      }
      writeSync(descriptor, `${line}\n`);
      recent.push(line);
      if (recent.length > 20) recent.shift();
    },
    last: () => recent.join('\n'),
    close() {
      if (descriptor !== undefined) closeSync(descriptor);
      descriptor = undefined;
    },
  };
}
