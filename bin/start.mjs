/** `npm start`: serve. Settings come from the environment (docs/configuration.md). */
import { command } from './lib/command.mjs';
import { say } from './lib/project.mjs';
import { serve } from './lib/serve.mjs';

let serving = false;

await command(
  async () => {
    const { ended } = await serve({ name: 'start' });
    serving = true;
    say('Ctrl-C stops it.'); // the API itself has said where it listens
    return ended;
  },
  { signalIsSuccess: () => serving },
);
