// Builds the kernels, the native engine, what is generated from folders, the scripts of reports, and the library; does nothing when all
// belongs to the sources, and little when few of them changed.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildCommand, command } from './build-command.mjs';
import { buildReport } from './build-report.mjs';
import { buildStudio } from './build-studio.mjs';
import { generate } from './generate.mjs';
import { install, installed, root, runOrExit } from './setup.mjs';

const dist = join(root, 'dist');
const stamp = join(dist, '.stamp');
const isBuilt = (file) =>
  /\.(tsx?|js|css|html)$/.test(file) &&
  !/\.(test|case|bench|as)\.ts$/.test(file) &&
  !file.startsWith('testing');

function sources() {
  return readdirSync(join(root, 'src'), { recursive: true }).map(String).filter(isBuilt).toSorted();
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(join(root, 'src', file)));
  for (const file of ['tsconfig.json', 'tsconfig.build.json'])
    hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/** Removes what was made of sources that are gone: the compiler leaves it. */
function removeStale(files) {
  const modules = new Set(files.map((file) => file.replace(/\.(js|tsx?)$/, '')));
  for (const file of readdirSync(dist, { recursive: true }).map(String)) {
    if (/^(studio|command)/.test(file)) continue;
    const [, name] = /^(.*?)(?:\.d\.ts|\.js)(?:\.map)?$/.exec(file) ?? [];
    if (name !== undefined && !modules.has(name)) rmSync(join(dist, file));
  }
}

const isUpToDate = () =>
  existsSync(stamp) && existsSync(command) && readFileSync(stamp, 'utf8') === hashOf(sources());

export async function build() {
  install();
  const { buildKernels } = await import('./build-kernels.mjs');
  await buildKernels();
  const { buildNative } = await import('./build-native.mjs');
  await buildNative();
  // In continuous integration what is committed is what is tested.
  if (!process.env.CI) generate();
  if (isUpToDate()) return;
  console.error('Building …');
  rmSync(stamp, { force: true });
  await buildReport();
  const files = sources();
  const want = hashOf(files);
  runOrExit(process.execPath, [installed('typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
    stdio: ['ignore', process.stderr, process.stderr],
  });
  removeStale(files);
  await buildCommand();
  await buildStudio();
  writeFileSync(stamp, want);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await build();
