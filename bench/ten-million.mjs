// Ten million rows on one machine: what each stage takes, and whether it finds what was planted.
//   npm run build && node bench/ten-million.mjs [rows] [folder] [stages] [workers] [lists]
// Writes rows × 64 float32 in 2,000 planted clusters as a sharded table into the folder (2.5 GB for 10⁷, and as much
// again for the index, five times as much for the work of dispersing), with one row in 1,000 a copy of an earlier one,
// then runs the commands that a user would, and prints seconds and the largest resident memory of each. Remove the folder afterwards.
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zeros } from '../dist/core/matrix.js';
import { Random } from '../dist/core/random.js';
import { chooseEngine } from '../dist/engine/choose.js';
import { write } from '../dist/io/index.js';
import { folderStore } from '../dist/io/node/folder-store.js';
import {
  addManifest,
  newestManifest,
  readShardRows,
  writeShard,
} from '../dist/io/sharded/index.js';
import { runPlan } from '../dist/jobs/run-plan.js';
import { inProcess } from '../dist/jobs/runners/in-process.js';
import { nearestRows } from '../dist/jobs/space/nearest-rows.js';
import { rowNumbers } from '../dist/jobs/space/row-numbers.js';
import { outputKey } from '../dist/jobs/task.js';

const [
  rows = '1000000',
  folder = 'out/ten-million',
  asked = 'make,measure,duplicates,disperse,build,search',
  workers = '0',
  lists = '0',
] = process.argv.slice(2);
const n = Number(rows);
const d = 64;
const CLUSTERS = 2000;
const ROWS_A_SHARD = 262_144;
const COPY_EVERY = 1000;
const QUERIES = 200;
const stages = asked.split(',');
const path = join(folder, 'table');
const cli = fileURLToPath(new URL('../bin/tammes.js', import.meta.url));
const random = Random.fromSeed(2024);

/** Row i is row `copyOf(i)` again; undefined for the others. Copies lie anywhere, so also in other shards. */
const copyOf = (i) =>
  i % COPY_EVERY === COPY_EVERY - 1 ? Math.floor((i * 7919) / 10007) : undefined;
const isOriginal = (i) => copyOf(i) === undefined;

/** Rows of one block: each from a stream of its own, so that a copy can be made again wherever it lies. */
const centers = Float32Array.from({ length: CLUSTERS * d }, () => random.normal());
const noise = Float32Array.from({ length: 1 << 20 }, () => random.normal());
function fill(into, at, row) {
  let i = row;
  while (!isOriginal(i)) i = copyOf(i);
  // A few multiplications in place of 64 normal numbers: a walk through a table of these.
  const cluster = Math.imul(i, 2654435761) >>> 21;
  const from = (cluster % CLUSTERS) * d;
  const first = Math.imul(i ^ (i >>> 7), 2246822519) >>> 12;
  const second = Math.imul(i + 374761393, 3266489917) >>> 12;
  for (let c = 0; c < d; c++) {
    const x = noise[(first + c) & 0xfffff] + noise[(second + 3 * c) & 0xfffff];
    into[at + c] = centers[from + c] + 0.35 * x;
  }
}

async function make() {
  const store = folderStore(path);
  const shards = [];
  for (let first = 0; first < n; first += ROWS_A_SHARD) {
    const points = zeros(Math.min(ROWS_A_SHARD, n - first), d);
    for (let i = 0; i < points.rows; i++) fill(points.data, i * d, first + i);
    shards.push(await writeShard(store, { points }, 'f4', first));
  }
  await addManifest(store, undefined, { dtype: 'f4', cols: d, labels: false, columns: [] }, shards);
}

/** Runs a command; its output, seconds, and the most memory it held at once, all its threads together. */
function timed(args) {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    let peak = 0;
    const look = setInterval(() => {
      try {
        const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
        if (found) peak = Math.max(peak, Number(found[1]) / 2 ** 20);
      } catch {
        // It has ended.
      }
    }, 100);
    child.stdout.on('data', (part) => {
      text += part;
    });
    child.on('close', (code) => {
      clearInterval(look);
      if (code !== 0) return reject(new Error(`tammes ${args.join(' ')} ended with ${code}`));
      resolve({ text, seconds: (performance.now() - began) / 1000, peak });
    });
  });
}

/** What `--plan` says a command takes, in seconds of one that follows it here. */
async function planned(args) {
  const { plans } = JSON.parse((await timed([...args, '--plan', '--json'])).text);
  return plans.reduce((sum, { seconds }) => sum + seconds, 0);
}

const tell = (stage, seconds, peak, note) =>
  console.log(`| ${stage} | ${seconds.toFixed(0)} | ${peak ? peak.toFixed(2) : '–'} | ${note} |`);
const spread = workers === '0' ? [] : ['--workers', workers];

console.log('| stage | seconds | GiB | found |');
console.log('|---|---|---|---|');
await mkdir(folder, { recursive: true });
if (stages.includes('make')) {
  rmSync(path, { recursive: true, force: true });
  const began = performance.now();
  await make();
  tell('the table', (performance.now() - began) / 1000, undefined, `${n} × ${d}`);
}
if (stages.includes('measure')) {
  const metrics =
    'mean-cosine,min-angle,median-nearest-angle,effective-rank,uniformity,hubness-skewness,two-nn,rankme,isoscore';
  const { text, seconds, peak } = await timed([
    'measure',
    path,
    '--json',
    '--metrics',
    metrics,
    ...spread,
  ]);
  const { metrics: found } = JSON.parse(text);
  tell(
    'measure',
    seconds,
    peak,
    found.map(({ id, value }) => `${id} ${value?.toPrecision(4)}`).join(', '),
  );
}
if (stages.includes('all')) {
  const { text, seconds, peak } = await timed(['measure', path, '--json', '--doctor', ...spread]);
  const { metrics: found, sampled, findings } = JSON.parse(text);
  tell(
    'measure --doctor, every number',
    seconds,
    peak,
    `${found.length} numbers, ${sampled.metrics.length} of a sample, ${findings.length} findings`,
  );
}
if (stages.includes('duplicates')) {
  const { text, seconds, peak } = await timed([
    'measure',
    path,
    '--duplicates',
    '--json',
    ...spread,
  ]);
  const { findings } = JSON.parse(text);
  const planted = Array.from({ length: n }, (_, i) => i).filter((i) => !isOriginal(i)).length;
  tell(
    'duplicates',
    seconds,
    peak,
    `${findings[0]?.rows.length ?? 0} of ${planted} planted copies`,
  );
}
if (stages.includes('disperse')) {
  const spreadTo = join(folder, 'spread');
  rmSync(spreadTo, { recursive: true, force: true });
  const args = ['disperse', path, '-o', spreadTo, '--steps', '20', ...spread];
  const said = await planned(args);
  const { text, seconds, peak } = await timed([...args, '--json']);
  const { loss } = JSON.parse(text);
  const note = `${said.toFixed(0)} s were planned; the loss ends at ${loss.toPrecision(3)}`;
  tell('disperse, 20 supersteps', seconds, peak, note);
  rmSync(spreadTo, { recursive: true, force: true });
}
const index = join(folder, 'table.index');
if (stages.includes('build')) {
  const { text, seconds, peak } = await timed([
    'search',
    'build',
    path,
    '-o',
    index,
    '--index',
    'ivf',
    '--lists',
    lists,
    '--json',
    ...spread,
  ]);
  const { facts } = JSON.parse(text);
  tell(
    'search build --index ivf',
    seconds,
    peak,
    `${facts.lists} lists, the largest ${facts.largestList}`,
  );
}
if (stages.includes('search')) {
  const store = folderStore(path);
  const { manifest } = await newestManifest(store);
  const [shard] = manifest.shards;
  const points = await readShardRows(store, shard, manifest, 0, QUERIES);
  const queries = join(folder, 'queries.npy');
  await write(queries, { points });
  const asked = await timed(['search', 'query', index, queries, '-k', '10', '--json']);
  const truth = await nearestOf(store, manifest);
  tell('search query, 200 queries', asked.seconds, asked.peak, recall(asked.text, truth));
}

/** The ten nearest rows of the first 200, exactly. */
async function nearestOf(store, manifest) {
  const engine = await chooseEngine('auto');
  const runner = inProcess({ table: store, work: store, engine });
  const run = (plan) => runPlan(plan, store, runner);
  const discard = (name) => store.remove(outputKey(name));
  const work = { name: path, manifest, table: store, work: store, engine, run, discard };
  const first = Int32Array.from({ length: QUERIES }, (_, i) => i);
  const { indices } = await nearestRows(work, rowNumbers(n, new Int32Array(0)), first, 9);
  await engine.dispose();
  return Array.from(first, (row) => [row, ...indices.subarray(row * 9, row * 9 + 9)]);
}

function recall(text, truth) {
  const found = JSON.parse(text).results.map(({ rows }) => rows);
  const shares = truth.map(
    (own, q) => own.filter((row) => found[q].includes(row)).length / own.length,
  );
  return `recall@10 ${(shares.reduce((a, b) => a + b, 0) / shares.length).toFixed(3)}`;
}
