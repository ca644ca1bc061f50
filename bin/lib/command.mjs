/** The frame around every command: what was opened is closed again, however the command ends. */
import { constants } from 'node:os';
import { Plain, say } from './project.mjs';

const open = [];
let closing;

/** Registers what must be undone at the end; the last opened is closed first. */
export function onClose(work) {
  open.push(work);
}

export function close() {
  closing ??= (async () => {
    for (const work of open.reverse()) {
      try {
        await work();
      } catch (error) {
        say(`While stopping: ${error.message}`);
      }
    }
  })();
  return closing;
}

export const isClosing = () => closing !== undefined;

/**
 * Runs a command to its exit code. A server that is told to stop has done its work (`signalIsSuccess`);
 * any other command that is interrupted has not.
 */
export async function command(main, { signalIsSuccess = () => false } = {}) {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(name, async () => {
      if (isClosing()) return;
      const code = signalIsSuccess() ? 0 : 128 + constants.signals[name];
      await close();
      process.exit(code);
    });
  }
  process.on('uncaughtException', async (error) => {
    report(error);
    await close();
    process.exit(1);
  });
  let code;
  try {
    code = (await main()) ?? 0;
  } catch (error) {
    code = error.exitCode ?? 1;
    if (!isClosing()) report(error);
  }
  if (isClosing()) return; // a signal is being answered; it decides the exit code
  await close();
  process.exit(code);
}

function report(error) {
  if (error instanceof Plain) say(error.message);
  else say(error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' ? error.message : (error.stack ?? String(error)));
}
