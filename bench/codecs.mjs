// Every codec at its bytes: what it keeps, how fast it codes and compares, beside faiss in the same run:
// node bench/codecs.mjs --help
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { codecById, codeRecall } from '../dist/apps/verbs/compress.js';
import { gathered, matrix } from '../dist/core/matrix.js';
import { Random } from '../dist/core/random.js';
import { chooseEngine } from '../dist/engine/index.js';
import { loadGlove, loadPackageDescriptions } from '../dist/io/datasets/index.js';
import { page } from './codecs/page.mjs';

const HELP = `npm run build && node bench/codecs.mjs [options]

  --sets A,B      of glove, use-debian; default: both
  --only A,B      codecs whose id contains one of these words; faiss is one
  --engine NAME   native or wasm, one thread; default: native
  --asked N       queries that recall is measured with; default: 500
  --python PATH   a Python with faiss (Debian: python3-faiss); default: $TAMMES_PEER_PYTHON or python3
  --write         write docs/performance/codecs.md`;

const { values: flags } = parseArgs({
  options: {
    sets: { type: 'string', default: 'glove,use-debian' },
    only: { type: 'string', default: '' },
    engine: { type: 'string', default: 'native' },
    asked: { type: 'string', default: '500' },
    python: { type: 'string', default: process.env.TAMMES_PEER_PYTHON ?? 'python3' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const SETS = { glove: loadGlove, 'use-debian': loadPackageDescriptions };

/** Codecs and options that are measured, of rows of d numbers. */
const codings = (d) => [
  ['float', { type: 'f2' }],
  ['float8', {}],
  ['int8', {}],
  ['int4', {}],
  ['pca', {}],
  ['truncation', {}],
  ['bits', {}],
  ['bits', { bitsPerDim: 2 }],
  ['bits', { rotation: 'itq' }],
  ...[8, 4, 3, 2, 1].map((bits) => ['rotated-scalar', { bits }]),
  ...['pq', 'opq'].flatMap((id) => [
    [id, { bytes: Math.ceil(d / 4) }],
    [id, { bytes: Math.ceil(d / 4), centroids: '16' }],
    [id, { bytes: Math.ceil(d / 8) }],
  ]),
];

/** Queries that are compared with all codes at once, and one after the other. */
const [TOGETHER, ALONE] = [100, 10];

const isAsked = (name) => flags.only.split(',').some((word) => name.includes(word));

/** Seconds of the processor: the clock depends on who else is at work. */
async function timed(work) {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, seconds: (user + system) / 1e6 };
}

/** Products a second, by a function of queries. */
async function speed(products, queries, rows) {
  await products(queries[0]);
  const { seconds } = await timed(async () => {
    for (const some of queries) await products(some);
  });
  return (rows * queries.reduce((sum, some) => sum + some.rows, 0)) / seconds;
}

async function measured(points, [id, options], engine) {
  const run = { engine };
  const codec = codecById(id);
  const fitted = await timed(() => codec(points, options, run));
  const { model, bytesPerVector: bytes, facts } = fitted.result;
  const ready = await codec.ready(model);
  const { result: codes, seconds } = await timed(() => ready.encode(points, run));
  const queries = gathered(points, Random.fromSeed(7).sample(points.rows, TOGETHER));
  const alone = Array.from({ length: ALONE }, (_, q) => gathered(queries, [q]));
  const decoding = async (some) => engine.matmul(some, await ready.decode(codes, run), true);
  const coded = (some) => ready.products(some, codes, run);
  return {
    name: [id, ...Object.entries(options).map(([key, value]) => `${key} ${value}`)].join(', '),
    bytes,
    lost: facts.squaresLost,
    fit: fitted.seconds - seconds,
    encode: points.data.byteLength / 1e6 / seconds,
    alone: await speed(coded, alone, points.rows),
    aloneDecoded: await speed(decoding, alone, points.rows),
    together: await speed(coded, [queries], points.rows),
    togetherDecoded: await speed(decoding, [queries], points.rows),
    recall: await codeRecall(points, ready, codes, { engine, queries: Number(flags.asked) }),
  };
}

/** What faiss makes of the same rows; its decoded rows are judged as ours are. */
async function peers(points, folder, engine) {
  const input = join(folder, 'rows.f32');
  writeFileSync(
    input,
    new Uint8Array(points.data.buffer, points.data.byteOffset, points.data.byteLength),
  );
  const program = fileURLToPath(new URL('codecs/peer.py', import.meta.url));
  const args = [program, input, points.rows, points.cols, folder, TOGETHER, ALONE].map(String);
  const { status, stdout, stderr } = spawnSync(flags.python, args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) {
    console.log(`without faiss: ${stderr.trim().split('\n').at(-1)}`);
    return [];
  }
  const found = [];
  for (const { file, ...own } of stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))) {
    const bytes = readFileSync(file);
    const rows = matrix(
      new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)),
      points.rows,
      points.cols,
    );
    const decoded = {
      decode: async () => rows,
      products: (queries) => engine.matmul(queries, rows, true),
    };
    const recall = await codeRecall(points, decoded, undefined, {
      engine,
      queries: Number(flags.asked),
    });
    found.push({ ...own, recall });
  }
  return found;
}

async function main() {
  if (flags.help) return console.log(HELP);
  const engine = await chooseEngine(flags.engine, { threads: 1 });
  const folder = mkdtempSync(join(tmpdir(), 'tammes-codecs-'));
  const sets = [];
  const tell = (line) => console.log(JSON.stringify(line));
  try {
    for (const set of flags.sets.split(',')) {
      const { points } = await SETS[set]();
      const lines = [];
      for (const coding of codings(points.cols).filter(([id]) => isAsked(id))) {
        lines.push(await measured(points, coding, engine));
        tell(lines.at(-1));
      }
      const others = isAsked('faiss') ? await peers(points, folder, engine) : [];
      others.forEach(tell);
      sets.push({ set, rows: points.rows, cols: points.cols, lines: [...lines, ...others] });
    }
  } finally {
    rmSync(folder, { recursive: true });
    await engine.dispose();
  }
  if (!flags.write) return;
  const machine = `${cpus().length} × ${cpus()[0].model}, Node ${process.versions.node}, load ${loadavg()[0].toFixed(1)}`;
  const command = ['node bench/codecs.mjs', ...process.argv.slice(2)].join(' ');
  const text = page(sets, { command, machine, together: TOGETHER, engine: flags.engine });
  writeFileSync(new URL('../docs/performance/codecs.md', import.meta.url), text);
}

await main();
