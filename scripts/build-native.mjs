// Compiles the native engine to build/native/ when there is a C++ compiler: docs/native-engine.md. Without
// one, or if that fails, says so in a line; everything else works without it. Does nothing when what is
// there belongs to the sources.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'build', 'native');
const stamp = join(folder, '.stamp');

/** addon.ts looks for it under this name. */
export const addon = join(folder, `${process.platform}-${process.arch}.node`);

/** Compilers may not fuse or reorder by themselves: the sources say where that is wanted. */
export const FLAGS = `-std=c++17 -O3 -fPIC -fvisibility=hidden -ffp-contract=off -fno-math-errno
  -fno-trapping-math -Wall -Wextra -Wno-psabi -Wno-maybe-uninitialized`.split(/\s+/);

/** Instruction sets by architecture, each with the flags that switch it on. */
export const INSTRUCTION_SETS = {
  x64: {
    avx512: '-mavx512f -mavx512dq -mavx512bw -mavx512vl -mavx2 -mfma -mprefer-vector-width=512',
    avx2: '-mavx2 -mfma',
    sse2: '',
  },
  arm64: { neon: '' },
};

const words = (text) => text.split(' ').filter(Boolean);

/** What is compiled: a name, a source, and flags of its own. */
export function units(architecture = process.arch) {
  const kernels = Object.entries(INSTRUCTION_SETS[architecture]).map(([name, flags]) => ({
    name,
    source: 'src/engine/kernels/entry.cc',
    flags: [`-DTAMMES_TARGET=${name}`, ...words(flags)],
  }));
  return [...kernels, { name: 'pool', source: 'src/engine/native/pool.cc', flags: [] }];
}

export function sources() {
  return ['src/engine/kernels', 'src/engine/native'].flatMap((path) =>
    readdirSync(join(root, path), { recursive: true })
      .map((file) => join(path, String(file)))
      .filter((file) => /\.(h|cc)$/.test(file))
      .toSorted(),
  );
}

/** The first C++ compiler there is, with its version; CXX comes first. */
export function compiler() {
  for (const command of [process.env.CXX, 'c++', 'g++', 'clang++'].filter(Boolean)) {
    const { status, stdout } = spawnSync(command, ['--version'], { encoding: 'utf8' });
    if (status === 0) return { command, version: stdout };
  }
  return undefined;
}

/** Where node_api.h lies: beside this Node, where npm is told, where node-gyp keeps it, in the system. */
function headers() {
  const cache = process.platform === 'darwin' ? 'Library/Caches/node-gyp' : '.cache/node-gyp';
  const places = [
    join(dirname(process.execPath), '..', 'include', 'node'),
    process.env.npm_config_nodedir && join(process.env.npm_config_nodedir, 'include', 'node'),
    join(homedir(), cache, process.versions.node, 'include', 'node'),
    '/usr/include/node',
  ];
  return places.find((place) => place && existsSync(join(place, 'node_api.h')));
}

/** Runs the compiler; rejects with the first error it prints. */
export function compile(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
    let messages = '';
    child.stderr.on('data', (data) => {
      messages += data;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(/^.*error.*$/m.exec(messages)?.[0] ?? messages.slice(-200)));
    });
  });
}

async function compileAddon(command, include) {
  const all = [...units(), { name: 'addon', source: 'src/engine/native/addon.cc', flags: [] }];
  const object = (name) => join(folder, `${name}.o`);
  await Promise.all(
    all.map(({ name, source, flags }) =>
      compile(command, [...FLAGS, ...flags, `-I${include}`, '-c', source, '-o', object(name)]),
    ),
  );
  // Node's own symbols are found when it loads the addon; the C++ library comes along.
  const linking =
    process.platform === 'darwin'
      ? ['-bundle', '-undefined', 'dynamic_lookup']
      : ['-shared', '-s', '-pthread', '-static-libstdc++', '-static-libgcc'];
  const fresh = `${addon}.tmp`;
  await compile(command, [...linking, ...all.map(({ name }) => object(name)), '-o', fresh]);
  // A running process keeps the file that it has loaded.
  renameSync(fresh, addon);
  for (const { name } of all) rmSync(object(name));
}

function hashOf(version, include) {
  const hash = createHash('sha256').update(JSON.stringify([version, include, FLAGS, units()]));
  for (const file of [...sources(), 'scripts/build-native.mjs'])
    hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

const WITHOUT = 'the wasm engine computes instead.';

export async function buildNative() {
  if (!(process.arch in INSTRUCTION_SETS) || process.platform === 'win32') return;
  const found = compiler();
  const include = headers();
  if (!found || !include) {
    const missing = found ? "headers of Node's addon interface" : 'C++ compiler';
    if (!existsSync(addon)) console.error(`No native engine: no ${missing} found; ${WITHOUT}`);
    return;
  }
  const want = hashOf(found.version, include);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === want) return;
  console.error('Compiling the native engine …');
  mkdirSync(folder, { recursive: true });
  // What does not belong to these sources must not be loaded.
  rmSync(addon, { force: true });
  try {
    await compileAddon(found.command, include);
  } catch (error) {
    console.error(`No native engine: it does not compile (${error.message}); ${WITHOUT}`);
  }
  // A failure is not tried again either, until something changes.
  writeFileSync(stamp, want);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await buildNative();
