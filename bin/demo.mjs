/**
 * `npm run demo`: the first hour. Starts what `npm start` starts, with room for a busy script in the rate limits, and
 * lets apps/api/src/demo.ts create accounts, import the sample and make a report through HTTP. Then keeps serving.
 */
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { command, isClosing } from './lib/command.mjs';
import { runProgram } from './lib/program.mjs';
import { Plain, inVar, root, say } from './lib/project.mjs';
import { serve } from './lib/serve.mjs';

let serving = false;

await command(
  async () => {
    const { values } = parseArgs({
      options: {
        input: { type: 'string' },
        fresh: { type: 'boolean' },
        'no-serve': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) {
      console.log('npm run demo -- [--input FILE.csv] [--fresh] [--no-serve]');
      return 0;
    }
    const args = ['fresh', 'no-serve'].filter((name) => values[name]).map((name) => `--${name}`);
    if (values.input) args.push('--input', inputFile(values.input));

    const { baseUrl, databaseUrl, ended } = await serve({
      name: 'demo',
      fresh: values.fresh,
      quiet: true,
      env: {
        RATE_LIMITS: 'wide',
        READING_BUDGET: '0',
        PLAIN_HTTP: 'anywhere',
        SECOND_FACTOR: 'optional',
        STEP_UP_MINUTES: '720',
        NODE_ENV: 'development',
      },
    });
    if (values.fresh) rmSync(inVar('demo.json'), { force: true });
    const code = await runProgram('apps/api/src/demo', {
      args: ['--base-url', baseUrl, ...args],
      env: { BASE_URL: baseUrl, DATABASE_URL: databaseUrl() },
    });
    if (code !== 0 && !isClosing()) say(`The demo did not finish (exit code ${code}). The API's log: var/log/api.log`);
    if (code !== 0 || values['no-serve']) return code;
    serving = true;
    say(
      'For the demonstration a password is enough to sign in (SECOND_FACTOR=optional) and stays fresh for a working day (STEP_UP_MINUTES=720). An installation with real people in it asks for a second factor.',
    );
    say(
      `\nAmparo serves at ${baseUrl}  (how to use the API: ${baseUrl}/docs)\nCtrl-C stops it; what the demo made is kept for the next start.\n`,
    );
    return ended;
  },
  { signalIsSuccess: () => serving },
);

/** Relative to where the user stands, if it is there: npm itself always runs scripts in the project's folder. */
function inputFile(given) {
  const places = [process.env.INIT_CWD ?? process.cwd(), root].map((folder) => path.resolve(folder, given));
  const file = places.find(existsSync);
  if (!file) throw new Plain(`There is no file ${places[0]}.`);
  return file;
}
