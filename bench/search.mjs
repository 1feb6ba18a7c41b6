// Exact and approximate search beside hnswlib, usearch and numpy in the same run: node bench/search.mjs --help
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { matrix } from '../dist/core/matrix.js';
import { chooseEngine } from '../dist/engine/index.js';
import { page } from './search/page.mjs';
import { SETS, unit } from './search/sets.mjs';

const HELP = `npm run build && node bench/search.mjs [options]

  --rows N        rows of a set, at most; default: 100000
  --queries N     rows that are held out as queries; default: 1000
  --k N           rows wanted for a query; default: 10
  --sets A,B      of ${Object.keys(SETS).join(', ')}; default: all
  --only A,B      contestants whose name contains one of these words
  --peers DIR     where was run: npm i --prefix DIR usearch; left out: without it
  --python PATH   a Python with numpy; default: $TAMMES_PEER_PYTHON or python3
  --cxx PATH      a compiler that finds <hnswlib/hnswlib.h> (Debian: libhnswlib-dev); default: g++
  --options JSON  options of the graph index
  --write         write docs/performance/search.md

Every contestant is a process of its own with one thread. Times are of processors, the least of three.`;

const { values: flags } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    queries: { type: 'string', default: '1000' },
    k: { type: 'string', default: '10' },
    sets: { type: 'string', default: Object.keys(SETS).join() },
    only: { type: 'string', default: '' },
    peers: { type: 'string' },
    python: { type: 'string', default: process.env.TAMMES_PEER_PYTHON ?? 'python3' },
    cxx: { type: 'string', default: 'g++' },
    options: { type: 'string', default: '{}' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const program = (name) => fileURLToPath(new URL(`search/${name}`, import.meta.url));

/** Name, program and its arguments before and after those that all get. */
function* contestants(folder) {
  for (const engine of ['native', 'wasm']) {
    yield [`tammes exact, ${engine}`, process.execPath, [program('ours.mjs')], ['exact', engine]];
    const own = ['graph', engine, flags.options];
    yield [`tammes graph, ${engine}`, process.execPath, [program('ours.mjs')], own];
  }
  const hnswlib = join(folder, 'hnswlib');
  const flagsOfCompiler = ['-O3', '-march=native', '-o', hnswlib, program('hnswlib.cc')];
  spawnSync(flags.cxx, flagsOfCompiler);
  if (existsSync(hnswlib)) {
    yield ['hnswlib exact', hnswlib, [], ['0', '0']];
    yield ['hnswlib, M 16, efConstruction 200', hnswlib, [], ['16', '200']];
    yield ['hnswlib, M 16, efConstruction 100', hnswlib, [], ['16', '100']];
  }
  if (flags.peers) {
    const peers = resolve(flags.peers);
    yield ['usearch exact', process.execPath, [program('usearch.mjs')], [peers, 'exact']];
    yield ['usearch, its defaults', process.execPath, [program('usearch.mjs')], [peers, 'graph']];
  }
  yield ['numpy exact', flags.python, [program('numpy-exact.py')], []];
}

/** The peak of a child that ended, in MiB, where the system tells it. */
function timedArguments(command, args) {
  return existsSync('/usr/bin/time')
    ? ['/usr/bin/time', ['-f', 'peak %M', command, ...args]]
    : [command, args];
}

function ran([name, command, before, after], shared) {
  const [runner, args] = timedArguments(command, [...before, ...shared, ...after]);
  const { status, stdout, stderr } = spawnSync(runner, args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) return { name, why: stderr.trim().split('\n').at(-1) };
  const peak = Number(/peak (\d+)/.exec(stderr)?.[1] ?? Number.NaN) / 1024;
  return { name, peak, ...JSON.parse(stdout.trim().split('\n').at(-1)) };
}

async function truthOf({ data, rows, cols }, count, k) {
  const engine = await chooseEngine('auto');
  const n = rows - count;
  const points = matrix(data.subarray(0, n * cols), n, cols);
  const queries = matrix(data.subarray(n * cols), count, cols);
  const { indices } = await engine.largestProducts(queries, points, k);
  await engine.dispose();
  return indices;
}

async function bench() {
  const [count, k] = [Number(flags.queries), Number(flags.k)];
  const results = [];
  for (const name of flags.sets.split(',')) {
    const set = unit(await SETS[name](Number(flags.rows) + count));
    const folder = mkdtempSync(join(tmpdir(), 'tammes-search-'));
    const files = ['rows', 'truth'].map((file) => join(folder, file));
    writeFileSync(files[0], new Uint8Array(set.data.buffer));
    writeFileSync(files[1], new Uint8Array((await truthOf(set, count, k)).buffer));
    const n = set.rows - count;
    const shared = [...files, n, set.cols, count, k].map(String);
    const runs = [];
    for (const contestant of contestants(folder)) {
      const words = flags.only.split(',');
      if (!words.some((word) => contestant[0].includes(word))) continue;
      const run = ran(contestant, shared);
      runs.push(run);
      console.error(name, JSON.stringify(run));
    }
    rmSync(folder, { recursive: true });
    results.push({ name, n, d: set.cols, count, k, runs });
  }
  return results;
}

if (flags.help) console.log(HELP);
else {
  const machine = `${cpus()[0].model}, Node ${process.version}, load ${loadavg()[0].toFixed(1)}`;
  const text = page(await bench(), machine);
  if (flags.write) writeFileSync(new URL('../docs/performance/search.md', import.meta.url), text);
  else console.log(text);
}
