// How long a training step takes (forward, backward, AdamW), beside PyTorch, jax-js and TensorFlow.js in the same
// run:  node bench/training.mjs --help
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startContestant } from './training/contestant.mjs';
import { page, regularizerTable, table } from './training/page.mjs';
import { PROBLEMS, REGULARIZERS } from './training/problems.mjs';

const HELP = `node bench/training.mjs [options]

  --rounds N      rounds in which every contestant has its turn; default: 12
  --steps N       steps of a turn; default: 5
  --only WORD     contestants whose name contains WORD
  --python PATH   a Python with torch; default: $TAMMES_PEER_PYTHON or python3
  --peers DIR     a folder in which was run: npm i --no-save @jax-js/jax @tensorflow/tfjs
                  @tensorflow/tfjs-backend-wasm; none: without them
  --node PATH     the Node of all but PyTorch; default: this one
  --write         write docs/performance/training.md`;

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '12' },
    steps: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
    python: { type: 'string', default: process.env.TAMMES_PEER_PYTHON ?? 'python3' },
    peers: { type: 'string' },
    node: { type: 'string', default: process.execPath },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const program = (name) => fileURLToPath(new URL(`training/${name}`, import.meta.url));

/** By itself OpenBLAS does not know newer processors. */
const WIDEST = { OPENBLAS_CORETYPE: 'SkylakeX' };

function* contestants() {
  for (const engine of ['native', 'wasm'])
    for (const threads of ['1', '2'])
      yield [`tammes ${engine} × ${threads}`, flags.node, [program('ours.mjs'), engine, threads]];
  for (const threads of ['1', '2'])
    yield [`PyTorch × ${threads}`, flags.python, [program('peer.py'), threads], WIDEST];
  if (!flags.peers) return;
  yield ['jax-js, wasm', flags.node, [program('jax.mjs'), flags.peers]];
  yield ['tfjs, wasm', flags.node, [program('tfjs.mjs'), flags.peers]];
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Median and least times of every contestant on a model, taken in turns so that a disturbance meets all. */
async function measured(model, running, rounds, steps) {
  const found = new Map();
  for (const one of running) {
    const warm = await one.train(model, 3);
    if (warm) found.set(one, { name: one.name, ms: [], cpuMs: [] });
  }
  for (let round = 0; round < rounds; round++)
    for (const [one, times] of found) {
      // What takes seconds a step has its turn seldom.
      if (median(times.ms.length > 0 ? times.ms : [0]) > 1000 && round > 1) continue;
      const { ms, cpuMs } = await one.train(model, steps);
      times.ms.push(...ms);
      times.cpuMs.push(cpuMs);
    }
  return [...found.values()].map(({ name, ms, cpuMs }) => ({
    model,
    name,
    ms: median(ms),
    best: Math.min(...ms),
    cpuMs: median(cpuMs),
    bestCpuMs: Math.min(...cpuMs),
  }));
}

async function main() {
  if (flags.help) return console.log(HELP);
  const [rounds, steps] = [Number(flags.rounds), Number(flags.steps)];
  const node = spawnSync(flags.node, ['--version'], { encoding: 'utf8' }).stdout.trim();
  const machine = `${cpus().length} × ${cpus()[0].model}, Node ${node}`;
  const running = [];
  for (const [name, ...how] of contestants()) {
    if (!name.includes(flags.only)) continue;
    const one = await startContestant(...how);
    if (one) running.push(one);
    else console.error(`${name}: not here`);
  }
  const load = loadavg()[0];
  const rows = [];
  for (const [model, { title }] of Object.entries(PROBLEMS)) {
    const found = await measured(model, running, rounds, steps);
    rows.push(...found);
    console.log(`${title}\n${table(found, PROBLEMS[model])}\n`);
  }
  const native = running.filter(({ name }) => name.startsWith('tammes') && name.endsWith('1'));
  const added = [];
  for (const regularizer of ['none', ...REGULARIZERS])
    added.push(...(await measured(`regularized-${regularizer}`, native, rounds, steps)));
  console.log(regularizerTable(added));
  if (flags.write) {
    const target = new URL('../docs/performance/training.md', import.meta.url);
    const loads = [load, loadavg()[0]].map((value) => value.toFixed(0)).join(' to ');
    writeFileSync(target, page({ machine, loads, rows, added, rounds, steps }));
  }
  for (const one of running) one.end();
}

await main();
