// Dispersion shard by shard beside dispersion in memory: what counting instead of sorting costs, and what stale
// statistics cost, on the shipped word vectors.
//
//   npm run build && node bench/disperse-shards.mjs [--steps 60] [--seeds 5] [--rows 31636]
//
// Every run takes the same steps from the same rows on the same circles; what is not a matter of ranks or staleness is
// equal to the bit. The mean over seeds stands beside the half width of its 95 % interval (Student's t).
import { parseArgs } from 'node:util';
import { disperse } from '../dist/apps/verbs/disperse.js';
import { disperseStore } from '../dist/apps/verbs/disperse-store.js';
import { gathered, rows as rowsFrom } from '../dist/core/matrix.js';
import { Random } from '../dist/core/random.js';
import { chooseEngine } from '../dist/engine/choose.js';
import { sliced, uniformity } from '../dist/families/objectives/index.js';
import { datasetByName } from '../dist/io/datasets/index.js';
import { openTable, wholeOf } from '../dist/io/open.js';
import {
  memoryObjects,
  newestManifest,
  openSharded,
  writeShards,
} from '../dist/io/sharded/index.js';
import { runPlan } from '../dist/jobs/run-plan.js';
import { inProcess } from '../dist/jobs/runners/in-process.js';

const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '60' },
    seeds: { type: 'string', default: '5' },
    rows: { type: 'string', default: '31636' },
  },
});
const [steps, seeds, most] = [values.steps, values.seeds, values.rows].map(Number);
const engine = await chooseEngine('auto', {});
const { points: all } = await datasetByName('glove')();
const points = rowsFrom(all, 0, Math.min(all.rows, most));
const common = { steps, keep: 0, learningRate: 0.1 };
const T_975 = [NaN, NaN, 12.706, 4.303, 3.182, 2.776, 2.571];

async function inMemory(seed) {
  const options = { ...common, seed, batch: 0, objective: 'sliced', engine };
  const { points: out, start } = await disperse({ points }, options);
  return { out, start };
}

async function byShards(seed, localSteps) {
  const source = memoryObjects('source');
  await writeShards(await openTable({ points }, 'glove'), source, { shardBytes: 2 ** 21 });
  const found = await newestManifest(source);
  const target = memoryObjects('target');
  const runner = inProcess({ table: source, work: target, engine });
  const options = { ...common, seed, localSteps };
  const run = (plan) => runPlan(plan, target, runner);
  const result = await disperseStore(options, { source, found, target, engine, run });
  return { out: (await wholeOf(await openSharded(target, result.found))).points };
}

/** Numbers of the rows after the last step, by circles and pairs that no run has seen. */
async function judged(out, start) {
  const { loss } = await sliced(out, { circles: 200 }, { seed: 12345, engine });
  const sample = Random.fromSeed(9).sample(out.rows, Math.min(4000, out.rows)).sort();
  const { distances } = await engine.nearestAmong(gathered(out, sample), out, 2);
  const angles = Array.from(
    { length: sample.length },
    (_, i) => 2 * Math.asin(distances[2 * i + 1] / 2),
  );
  angles.sort((a, b) => a - b);
  const degrees = (angle) => (angle * 180) / Math.PI;
  const { loss: uniform } = await uniformity(gathered(out, sample), {}, { engine });
  let cosines = 0;
  for (let e = 0; e < out.data.length; e++) cosines += out.data[e] * start.data[e];
  return {
    loss,
    min: degrees(angles[0]),
    median: degrees(angles[angles.length >> 1]),
    uniformity: uniform,
    cosine: cosines / out.rows,
  };
}

const runs = {
  'in memory, sorted': async (seed) => (await inMemory(seed)).out,
  'by shards, counted': async (seed) => (await byShards(seed, 1)).out,
  'by shards, 4 local steps': async (seed) => (await byShards(seed, 4)).out,
};
const found = Object.fromEntries(Object.keys(runs).map((name) => [name, []]));
let before;
for (let seed = 0; seed < seeds; seed++) {
  const { out, start } = await inMemory(seed);
  before ??= await judged(start, start);
  for (const [name, run] of Object.entries(runs)) {
    const rows = name === 'in memory, sorted' ? out : await run(seed);
    found[name].push(await judged(rows, start));
  }
}
const fields = ['loss', 'min', 'median', 'uniformity', 'cosine'];
const mean = (list) => list.reduce((a, b) => a + b, 0) / list.length;
const told = (list) => {
  const middle = mean(list);
  if (list.length < 2) return middle.toPrecision(5);
  const spread = Math.sqrt(mean(list.map((x) => (x - middle) ** 2)) / (list.length - 1));
  return `${middle.toPrecision(5)} ± ${(T_975[list.length] * spread).toPrecision(1)}`;
};
console.log(
  `| rows, ${points.rows} × ${points.cols} | sliced loss | least nearest angle | median | uniformity | mean cosine to the start |`,
);
console.log('|---|---|---|---|---|---|');
console.log(`| before | ${fields.map((f) => before[f].toPrecision(5)).join(' | ')} |`);
for (const [name, list] of Object.entries(found))
  console.log(`| ${name} | ${fields.map((f) => told(list.map((one) => one[f]))).join(' | ')} |`);
const base = found['in memory, sorted'];
for (const [name, list] of Object.entries(found))
  if (list !== base)
    console.log(
      `| ${name}, less the first | ${fields.map((f) => told(list.map((one, s) => one[f] - base[s][f]))).join(' | ')} |`,
    );
await engine.dispose();
