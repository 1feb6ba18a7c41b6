// `npm test`: installs and builds what is missing, then runs every test.
import { build } from './build.mjs';
import { installed, runOrExit } from './setup.mjs';

await build();
runOrExit(process.execPath, [
  installed('vitest/vitest.mjs'),
  'run',
  '--reporter=default',
  '--reporter=./scripts/summary-reporter.mjs',
  ...process.argv.slice(2),
]);
