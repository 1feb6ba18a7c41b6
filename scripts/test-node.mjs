// `npm run test:node24`, or `node scripts/test-node.mjs MAJOR [vitest's words]`: every test on another Node. Its binary
// comes from npm into build/node-MAJOR; the library is built by the Node that runs this.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { installed, root, runOrExit } from './setup.mjs';

const [major = '24', ...words] = process.argv.slice(2);
const platform = process.platform === 'win32' ? 'win' : process.platform;
const name = `node-${platform}-${process.arch}`;
const folder = join(root, 'build', `node-${major}`);
const program = process.platform === 'win32' ? 'node.exe' : 'node';
const binary = join(folder, 'node_modules', name, 'bin', program);

if (!existsSync(binary)) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const words = ['install', '--no-audit', '--no-fund', '--ignore-scripts', `${name}@${major}`];
  runOrExit(npm, words, { cwd: folder, shell: process.platform === 'win32' });
}
await build();
const { stdout } = spawnSync(binary, ['--version'], { encoding: 'utf8' });
console.log(`Node ${stdout.trim()}`);
runOrExit(binary, [
  installed('vitest/vitest.mjs'),
  'run',
  '--reporter=default',
  '--reporter=./scripts/summary-reporter.mjs',
  ...words,
]);
