// The approximate neighbor graph beside the exact one, and beside usearch (HNSW) where it is installed:
//
//   npm run build && node bench/neighbor-graph.mjs [--rows 100000] [--dims 100] [--k 15] [--data clusters]
//       [--runs approximate,exact,peer] [--engines native,wasm] [--peer FOLDER/node_modules/usearch]
//
// Seconds by the clock and of processors, two threads; recall on the same 500 rows solved exactly.
// `exact` is timed on a tenth of the queries, and says ten times that.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gathered, matrix, rows } from '../dist/core/matrix.js';
import { Random } from '../dist/core/random.js';
import { chooseEngine } from '../dist/engine/index.js';
import { neighborGraph } from '../dist/structures/neighbors/neighbor-graph.js';
import { clusters } from './clusters.mjs';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    dims: { type: 'string', default: '100' },
    k: { type: 'string', default: '15' },
    data: { type: 'string', default: 'clusters' },
    runs: { type: 'string', default: 'approximate,exact,peer' },
    engines: { type: 'string', default: 'native,wasm' },
    peer: { type: 'string' },
  },
});
const [n, d, k] = [values.rows, values.dims, values.k].map(Number);
const runs = values.runs.split(',');

/** No neighborhoods at all: the hardest case. */
function normal(random) {
  return matrix(
    Float32Array.from({ length: n * d }, () => random.normal()),
    n,
    d,
  );
}

async function timed(work) {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, wall: (performance.now() - start) / 1e3, cpu: (user + system) / 1e6 };
}

function say(name, { wall, cpu }, recall) {
  const peak = `${Math.round(process.resourceUsage().maxRSS / 1024)}`;
  console.log(`| ${name} | ${wall.toFixed(1)} | ${cpu.toFixed(1)} | ${recall} | ${peak} |`);
}

const inWords = ({ value, low, high }) =>
  `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;

/** HNSW as it comes (16 links a node), every row asked for its neighbors. */
async function peer(folder, points, solved, queries) {
  const { Index } = createRequire(join(folder, 'package.json'))(folder);
  const keys = BigUint64Array.from({ length: n }, (_, i) => BigInt(i));
  const found = await timed(() => {
    const index = new Index({ dimensions: d, metric: 'l2sq', quantization: 'f32' });
    index.add(keys, points.data, 2);
    return index.search(points.data, k + 1, 2);
  });
  const { keys: labels } = found.result;
  let hits = 0;
  for (const [q, i] of queries.entries()) {
    const truth = new Set();
    for (let r = 0; r < k + 1; r++) truth.add(solved.indices[q * (k + 1) + r]);
    truth.delete(i);
    const list = Array.from(labels.subarray(i * (k + 1), (i + 1) * (k + 1)), Number);
    hits += list.filter((j) => truth.has(j)).length;
  }
  say('usearch (HNSW), 2 threads', found, (hits / (k * queries.length)).toFixed(3));
}

const stream = Random.fromSeed(7);
const points = values.data === 'normal' ? normal(stream) : clusters(n, d, stream);
console.log(`${n} × ${d}, k = ${k}, ${values.data}\n`);
console.log('| lists | s | processor s | recall | peak MiB |\n| --- | --- | --- | --- | --- |');
for (const name of values.engines.split(',')) {
  const engine = await chooseEngine(name, { threads: 2 });
  if (runs.includes('approximate')) {
    const options = { engine, random: Random.fromSeed(1), exactRows: 0 };
    const found = await timed(() => neighborGraph(points, k, options));
    say(`approximate, ${name}`, found, inWords(found.result.recall));
  }
  if (runs.includes('exact')) {
    const queries = rows(points, 0, Math.ceil(n / 10));
    const { wall, cpu } = await timed(() => engine.nearestAmong(queries, points, k + 1));
    say(`exact, ${name}`, { wall: 10 * wall, cpu: 10 * cpu }, '1');
  }
  await engine.dispose();
}
if (values.peer && runs.includes('peer')) {
  const engine = await chooseEngine('auto');
  const queries = Random.fromSeed(2).sample(n, 500);
  const solved = await engine.nearestAmong(gathered(points, queries), points, k + 1);
  await engine.dispose();
  await peer(values.peer, points, solved, queries);
}
