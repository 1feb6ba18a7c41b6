// npm run bench: builds, then times every operation on every engine: bench/operations.mjs has the options.
import { join } from 'node:path';
import { build } from './build.mjs';
import { root, runOrExit } from './setup.mjs';

await build();
runOrExit(process.execPath, [join(root, 'bench', 'operations.mjs'), ...process.argv.slice(2)]);
