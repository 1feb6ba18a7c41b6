// Maps in the plane beside umap-js, druid.js, umap-learn and scikit-learn in the same run, in quality and in time:
// node bench/reductions.mjs --help
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { page } from './reductions/page.mjs';
import { judgeOf } from './reductions/quality.mjs';
import { SETS } from './reductions/sets.mjs';

const HELP = `npm run build && node bench/reductions.mjs [options]

  --rows N        rows of a set, at most; default: 5000
  --sets A,B      of ${Object.keys(SETS).join(', ')}; default: all
  --only A,B      contestants whose name contains one of these words
  --limit S       seconds that a contestant may take; default: 300
  --peers DIR     where was run: npm i --prefix DIR umap-js @saehrimnir/druidjs; none: without them
  --python PATH   a Python with umap-learn and scikit-learn; default: $TAMMES_PEER_PYTHON or python3
  --write         write docs/performance/reductions.md`;

const { values: flags } = parseArgs({
  options: {
    rows: { type: 'string', default: '5000' },
    sets: { type: 'string', default: Object.keys(SETS).join() },
    only: { type: 'string', default: '' },
    limit: { type: 'string', default: '300' },
    peers: { type: 'string' },
    python: { type: 'string', default: process.env.TAMMES_PEER_PYTHON ?? 'python3' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const program = (name) => fileURLToPath(new URL(`reductions/${name}`, import.meta.url));

/** Name, program and what it is told. */
function* contestants() {
  for (const method of ['pca', 'umap', 'largevis', 'tsne'])
    yield [
      `tammes ${method}, native × 2`,
      process.execPath,
      [program('ours.mjs'), method, 'native', '2'],
    ];
  for (const method of ['umap', 'tsne'])
    yield [
      `tammes ${method}, wasm × 1`,
      process.execPath,
      [program('ours.mjs'), method, 'wasm', '1'],
    ];
  if (flags.peers)
    for (const [name, method] of [
      ['umap-js', 'umap-js'],
      ['druid.js UMAP', 'druid'],
      ['druid.js t-SNE', 'druid-tsne'],
    ])
      yield [name, process.execPath, [program('peer.mjs'), method, flags.peers]];
  for (const [name, method] of [
    ['umap-learn', 'umap'],
    ['scikit-learn t-SNE', 'tsne'],
  ])
    yield [name, flags.python, [program('peer.py'), method]];
}

/** Runs one contestant on a file of rows; its map and its times, or why there are none. */
function ran([name, command, args], { data, rows, cols }, folder) {
  const [input, output] = [join(folder, 'rows.f32'), join(folder, 'map.f32')];
  writeFileSync(input, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  const { status, stdout, stderr, error } = spawnSync(
    command,
    [...args, input, String(rows), String(cols), output],
    { encoding: 'utf8', timeout: 1000 * Number(flags.limit), maxBuffer: 2 ** 26 },
  );
  if (status !== 0) {
    const why =
      error?.code === 'ETIMEDOUT' ? `over ${flags.limit} s` : stderr.trim().split('\n').at(-1);
    return { name, why };
  }
  const { seconds, cpuSeconds } = JSON.parse(stdout.trim().split('\n').at(-1));
  const bytes = readFileSync(output);
  const map = new Float32Array(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
  );
  return { name, seconds, cpuSeconds, map };
}

async function main() {
  if (flags.help) return console.log(HELP);
  const folder = mkdtempSync(join(tmpdir(), 'tammes-reductions-'));
  const results = [];
  try {
    for (const set of flags.sets.split(',')) {
      const points = await SETS[set].load(Number(flags.rows), flags.python);
      const judge = judgeOf(points);
      for (const contestant of contestants()) {
        if (!flags.only.split(',').some((word) => contestant[0].includes(word))) continue;
        const { map, ...found } = ran(contestant, points, folder);
        const result = {
          set,
          n: points.rows,
          d: points.cols,
          ...found,
          ...(map ? judge(map) : {}),
        };
        results.push(result);
        console.log(JSON.stringify(result));
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  if (!flags.write) return;
  const machine = `${cpus().length} × ${cpus()[0].model}, Node ${process.versions.node}, load ${loadavg()[0].toFixed(1)}`;
  const url = new URL('../docs/performance/reductions.md', import.meta.url);
  const command = ['node bench/reductions.mjs', ...process.argv.slice(2)].join(' ');
  writeFileSync(url, page(results, command, machine));
}

await main();
