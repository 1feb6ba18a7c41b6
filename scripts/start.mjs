// `npm start`: installs and builds what is missing, then runs the main job on the shipped data.
import { join } from 'node:path';
import { build } from './build.mjs';
import { root, runOrExit } from './setup.mjs';

await build();
runOrExit(process.execPath, [join(root, 'bin', 'tammes.js'), 'start', ...process.argv.slice(2)]);
