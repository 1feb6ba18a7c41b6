// npm run bench [-- WORD]: builds, then runs every src/**/*.bench.ts whose path contains WORD.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { installed, root, runOrExit } from './setup.mjs';

await build();
runOrExit(process.execPath, [installed('typescript/bin/tsc'), '-p', 'tsconfig.bench.json']);
const folder = join(root, 'build', 'bench');
const word = process.argv[2] ?? '';
for (const file of readdirSync(folder, { recursive: true }).map(String)) {
  if (!file.endsWith('.bench.js') || !file.includes(word)) continue;
  const { status } = spawnSync(process.execPath, [join(folder, file)], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
