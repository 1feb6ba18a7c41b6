// The large-scale protocol of "Keep your distance" (arXiv:2502.08231), every objective beside the
// values of ledoh-torch:  node bench/keep-your-distance.mjs --help
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Random } from '../dist/core/index.js';
import { chooseEngine } from '../dist/engine/index.js';
import {
  gaussianEnergy,
  koleo,
  laplaceEnergy,
  lloyd,
  maxMinAngle,
  minMaxCosine,
  rieszEnergy,
  sliced,
  slicedAxis,
  slicedWasserstein,
} from '../dist/families/objectives/index.js';
import { riemannianAdam } from '../dist/families/optimizers/index.js';
import { powerSpherical, sphere } from '../dist/manifolds/index.js';

const HELP = `node bench/keep-your-distance.mjs [options]    (after npm run build)

  --objective NAME   only this one (see the table it prints); may be repeated
  --steps N          default 200; 1000 takes the values at 1000 steps too
  --engine NAME      default auto
  --threads N        default: one per processor
  --seed N           default 42
  --json             rows as JSON lines`;

const { values: flags } = parseArgs({
  options: {
    objective: { type: 'string', multiple: true, default: [] },
    steps: { type: 'string', default: '200' },
    engine: { type: 'string', default: 'auto' },
    threads: { type: 'string' },
    seed: { type: 'string', default: '42' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const [n, d, concentration, learningRate] = [20_000, 64, 100, 0.001];

/** Name in ledoh-torch's runs → the objective here and the rows per step (0: all). */
const runs = {
  'mhe-gauss-eucl': [gaussianEnergy.bind({ gamma: 0.5 }), 512],
  'mhe-laplace-eucl': [laplaceEnergy.bind({ gamma: 1 }), 512],
  'mhe-laplace-geo': [laplaceEnergy.bind({ gamma: 1, distance: 'geodesic' }), 512],
  'mhe-riesz-eucl': [rieszEnergy.bind({ s: 1 }), 512],
  'mhe-riesz-geo': [rieszEnergy.bind({ s: 1, distance: 'geodesic' }), 512],
  mma: [maxMinAngle.bind(), 512],
  mmcs: [minMaxCosine.bind(), 512],
  koleo: [koleo.bind(), 512],
  'lloyd-512-b512': [lloyd.bind({ samples: 512 }), 512],
  'lloyd-13-full': [lloyd.bind({ samples: 13 }), 0],
  'sliced-full': [sliced.bind({ circles: 1, cap: 1e9 }), 0],
  'sliced-b512': [sliced.bind({ circles: 1, cap: 1e9 }), 512],
  'sliced-axis-full': [slicedAxis.bind({ circles: 13, cap: 1e9 }), 0],
  'ssw-1-full': [slicedWasserstein.bind({ circles: 1, cap: 1e9 }), 0],
  'ssw-full': [slicedWasserstein.bind({ circles: 13, cap: 1e9 }), 0],
};

async function main() {
  if (flags.help) return console.log(HELP);
  const steps = Number(flags.steps);
  const threads = flags.threads === undefined ? undefined : Number(flags.threads);
  const engine = await chooseEngine(flags.engine, { threads });
  const seed = Number(flags.seed);
  const mean = new Float64Array(d).fill(1);
  const start = powerSpherical(n, mean, concentration, Random.fromSeed(seed).fork('start'));
  console.error(`engine ${engine.name}, ${engine.threads} threads; ${n} × ${d}, seed ${seed}`);
  const peer = JSON.parse(
    readFileSync(new URL('./ledoh-torch.fixture.json', import.meta.url), 'utf8'),
  );
  report({ name: 'start', step: 0, ...(await geometry(engine, start)) }, peer.start);
  for (const [name, [objective, batch]] of Object.entries(runs)) {
    if (flags.objective.length > 0 && !flags.objective.includes(name)) continue;
    for (const until of new Set([Math.min(200, steps), steps])) {
      const { points, stepMs } = await timed(engine, objective, start, batch, until, seed);
      const row = { name, step: until, ...(await geometry(engine, points)), ...rates(stepMs) };
      report(row, peer.runs[name]?.[until]);
    }
  }
  await engine.dispose();
}

async function timed(engine, objective, start, batch, steps, seed) {
  const stepMs = [];
  let last = performance.now();
  const onCheckpoint = () => {
    const now = performance.now();
    stepMs.push(now - last);
    last = now;
  };
  const { points } = await riemannianAdam(
    { objective, manifold: sphere, start },
    { steps, learningRate, batch, update: 'dense', seed },
    { engine, onCheckpoint },
  );
  return { points, stepMs };
}

/** Steps per second: of the whole run, of the median step and of the fastest tenth's slowest. */
function rates(stepMs) {
  const sorted = stepMs.toSorted((a, b) => a - b);
  const total = stepMs.reduce((a, b) => a + b, 0);
  const at = (share) => 1000 / sorted[Math.floor(share * sorted.length)];
  return { mean: (1000 * stepMs.length) / total, median: at(0.5), tenth: at(0.1) };
}

async function geometry(engine, points) {
  const { distances } = await engine.nearest(points, 1);
  const angles = distances.map((r) => (2 * Math.asin(Math.min(1, r / 2)) * 180) / Math.PI).sort();
  const sum = new Float64Array(d);
  for (let i = 0; i < n; i++) for (let c = 0; c < d; c++) sum[c] += points.data[i * d + c] / n;
  return {
    minAngleDeg: angles[0],
    medianNearestAngleDeg: (angles[n / 2 - 1] + angles[n / 2]) / 2,
    circularVariance: 1 - Math.sqrt(sum.reduce((s, x) => s + x * x, 0)),
  };
}

function report(row, peer) {
  if (flags.json) return console.log(JSON.stringify({ ...row, peer }));
  const shown = ({ minAngleDeg, medianNearestAngleDeg, circularVariance }) =>
    `${minAngleDeg.toFixed(2)} | ${medianNearestAngleDeg.toFixed(2)} | ${circularVariance.toFixed(4)}`;
  const theirs = peer ? shown(peer) : '– | – | –';
  const pace = row.mean ? [row.mean, row.median, row.tenth].map((r) => r.toFixed(0)) : ['', '', ''];
  console.log(`| ${row.name} | ${row.step} | ${shown(row)} | ${theirs} | ${pace.join(' | ')} |`);
}

await main();
