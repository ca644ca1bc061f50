/** `npm run build`: packages, Prisma client, dist/. */
import { command } from './lib/command.mjs';
import { prepare } from './prepare.mjs';

await command(() => prepare({ log: 'build' }));
