// A plan for a file beyond memory: seconds, time of processors, memory.
// node bench/plan-scale.mjs --help

import { closeSync, existsSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { corpusOf } from '../dist/apps/planner/corpus.js';
import { planCompression } from '../dist/apps/verbs/compress-plan.js';
import { withInput } from '../dist/cli/input.js';
import { Random } from '../dist/core/random.js';
import { chooseEngine } from '../dist/engine/index.js';

const HELP = `npm run build && node bench/plan-scale.mjs [options]

  --rows N      default: 1000000
  --dims D      default: 768
  --recall R    target; default: 0.95
  --engine E    auto, native, wasm; default: auto
  --threads T   default: one per processor
  --folder DIR  for the file that is made (4·N·D bytes); default: the system's for temporary files
  --keep        leave the file there, and take it if it is there`;

const { values: flags } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    dims: { type: 'string', default: '768' },
    recall: { type: 'string', default: '0.95' },
    engine: { type: 'string', default: 'auto' },
    threads: { type: 'string' },
    folder: { type: 'string', default: tmpdir() },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const CLUSTERS = 1000;
const BLOCK = 4096;

/** Rows of a thousand clusters; variances of the columns fall as 1/c, within clusters as between them. */
function makeFile(path, n, d) {
  const random = Random.fromSeed(1);
  const scales = Float64Array.from({ length: d }, (_, c) => Math.sqrt(1 / (1 + c)));
  const centers = new Float64Array(CLUSTERS * d);
  random.fork('centers').normals(centers);
  const draws = new Float64Array(BLOCK * d);
  const rows = new Float32Array(BLOCK * d);
  const file = openSync(`${path}.part`, 'w');
  writeSync(file, npyHeader(n, d));
  for (let from = 0; from < n; from += BLOCK) {
    random.normals(draws);
    const count = Math.min(BLOCK, n - from);
    for (let i = 0; i < count; i++) {
      const at = random.integer(CLUSTERS) * d;
      for (let c = 0; c < d; c++)
        rows[i * d + c] = (centers[at + c] + draws[i * d + c]) * scales[c];
    }
    writeSync(file, new Uint8Array(rows.buffer, 0, 4 * count * d));
  }
  closeSync(file);
  renameSync(`${path}.part`, path);
}

function npyHeader(n, d) {
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${n}, ${d}), }`;
  const length = 64 * Math.ceil((text.length + 11) / 64) - 10;
  const size = Buffer.from([length & 255, length >> 8]);
  const magic = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0]);
  return Buffer.concat([magic, size, Buffer.from(`${text.padEnd(length - 1)}\n`)]);
}

async function main() {
  if (flags.help) return console.log(HELP);
  const [n, d] = [Number(flags.rows), Number(flags.dims)];
  const path = join(flags.folder, `plan-scale-${n}-${d}.npy`);
  if (!existsSync(path)) makeFile(path, n, d);
  const engine = await chooseEngine(flags.engine, {
    threads: flags.threads ? Number(flags.threads) : cpus().length,
  });
  const [began, used] = [performance.now(), process.cpuUsage()];
  let stage = '';
  const plan = await withInput(path, { quiet: true }, async (file) =>
    planCompression(await corpusOf(file), {
      target: { recall: Number(flags.recall) },
      engine,
      onProgress(event) {
        if (event.stage === stage) return;
        stage = event.stage;
        console.error(`${((performance.now() - began) / 1000).toFixed(1)} s: ${stage}`);
      },
    }),
  );
  const { user, system } = process.cpuUsage(used);
  console.log(
    JSON.stringify({
      rows: n,
      dims: d,
      engine: plan.engine,
      threads: engine.threads,
      seconds: Number(((performance.now() - began) / 1000).toFixed(1)),
      processorSeconds: Number(((user + system) / 1e6).toFixed(1)),
      peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
      chosen: plan.chosen,
      sampled: plan.sampled,
    }),
  );
  await engine.dispose();
  if (!flags.keep) rmSync(path);
}

await main();
