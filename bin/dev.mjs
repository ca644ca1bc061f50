/** `node bin/dev.mjs`: the server on changing sources. tsc watches them; each good build starts the API again. */
import { spawn } from 'node:child_process';
import { existsSync, rmSync, watch } from 'node:fs';
import { createInterface } from 'node:readline';
import { command, onClose } from './lib/command.mjs';
import { openDatabase } from './lib/database.mjs';
import { exitOf, startProgram } from './lib/program.mjs';
import { startOf, terminate } from './lib/process.mjs';
import { inRoot, root, say } from './lib/project.mjs';
import { beTheOnly } from './lib/serve.mjs';
import { copyAssets, prepare } from './prepare.mjs';

const port = process.env.PORT || '3000';

await command(
  async () => {
    const lock = await beTheOnly('dev');
    lock.describe({ baseUrl: `http://127.0.0.1:${port}` });
    await prepare({ log: 'dev', build: false });
    rmSync(inRoot('dist/.stamp'), { force: true }); // what we leave in dist/ may be half of something
    const database = await openDatabase();
    const api = runner(() => ({
      NODE_ENV: 'development',
      DATABASE_URL: database.url(),
      PORT: process.env.PORT || '3000',
    }));
    const again = debounced(async () => {
      copyAssets();
      await api.restart();
    });
    database.onMove(again);
    for (const folder of ['apps', 'libs']) {
      watch(
        inRoot(folder),
        { recursive: true },
        (_, file) => /\.(sql|ya?ml|csv|html|css)$/.test(file ?? '') && again(),
      );
    }
    if (existsSync(inRoot('prisma/schema'))) {
      watch(
        inRoot('prisma/schema'),
        debounced(() => prepare({ log: 'dev', build: false }).catch((error) => say(error.message))),
      );
    }
    return compiler(again);
  },
  { signalIsSuccess: () => true },
);

/** tsc in watch mode; calls back after every build without errors. */
async function compiler(built) {
  const flags = ['--watch', '--preserveWatchOutput', '--incremental', '--tsBuildInfoFile', inRoot('dist/.tsbuildinfo')];
  const tsc = spawn(
    process.execPath,
    [inRoot('node_modules/typescript/bin/tsc'), '--project', 'tsconfig.build.json', ...flags],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  onClose(() => tsc.kill());
  createInterface({ input: tsc.stdout }).on('line', (line) => {
    if (line.trim() !== '') say(line);
    if (/Found 0 errors/.test(line)) built();
  });
  return (await exitOf(tsc)).code;
}

function runner(env) {
  let who;
  const stop = () => terminate(who, 5_000);
  onClose(stop);
  return {
    async restart() {
      if (who) await stop();
      const child = startProgram('apps/api/src/main', {
        env: env(),
        stdio: ['ignore', 'inherit', 'inherit'],
        detached: true,
      });
      who = { pid: child.pid, start: startOf(child.pid) };
      exitOf(child).then(
        ({ how, code }) => code !== 0 && say(`The API ended (${how}); it starts again after the next change`),
      );
    },
  };
}

/** One call for a burst, and never two at once. */
function debounced(work) {
  let timer;
  let last = Promise.resolve();
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => (last = last.then(work).catch((error) => say(error.message))), 300);
  };
}
