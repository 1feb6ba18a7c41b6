// Builds the kernels, the native engine and the library; does nothing when all belongs to the sources.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { install, installed, root, runOrExit } from './setup.mjs';

const stamp = join(root, 'dist', '.stamp');

function hashOfSources() {
  const hash = createHash('sha256');
  const files = readdirSync(join(root, 'src'), { recursive: true })
    .map(String)
    .filter((file) => /\.(ts|js)$/.test(file) && !/\.(test|bench)\.ts$/.test(file))
    .toSorted();
  for (const file of files) hash.update(file).update(readFileSync(join(root, 'src', file)));
  for (const file of ['tsconfig.json', 'tsconfig.build.json'])
    hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

export async function build() {
  install();
  const { buildKernels } = await import('./build-kernels.mjs');
  await buildKernels();
  const { buildNative } = await import('./build-native.mjs');
  await buildNative();
  const want = hashOfSources();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === want) return;
  console.error('Building …');
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  runOrExit(process.execPath, [installed('typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
    stdio: ['ignore', process.stderr, process.stderr],
  });
  writeFileSync(stamp, want);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await build();
