// How fast each format is read and written. Run after a build: node bench/read-vectors.mjs [rows]
// The baseline is Node's own readFile of the same npy file; every time is the best of several.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { info, read, readBlocks, write } from '../dist/io/index.js';

const cols = 128;
const rows = Number(process.argv[2] ?? 400_000);
const folder = mkdtempSync(join(tmpdir(), 'tammes-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

async function best(runs, work) {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < runs; i++) {
    globalThis.gc?.();
    const start = performance.now();
    await work();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

const sizes = (n) => ({
  points: {
    data: Float32Array.from({ length: n * cols }, (_, i) => Math.fround(Math.sin(i * 12.9898) / 3)),
    rows: n,
    cols,
  },
  labels: Array.from({ length: n }, (_, i) => `word${i}`),
});

const line = (...cells) => console.log(cells.map((cell) => String(cell).padStart(13)).join(''));
const speed = (bytes, ms) => `${(bytes / 1e6 / ms).toFixed(2)} GB/s`;

const large = sizes(rows);
const npyFile = join(folder, 'large.npy');
await write(npyFile, large);
const { size } = statSync(npyFile);
const baseline = await best(7, () => readFileSync(npyFile));
const whole = await best(7, () => read(npyFile));
const blocks = await best(5, async () => {
  for await (const block of readBlocks(npyFile, 16_384)) if (block.points.rows === 0) break;
});
console.log(`npy, ${rows} × ${cols} float32, ${(size / 1e6).toFixed(0)} MB:`);
line('readFileSync', `${baseline.toFixed(1)} ms`, speed(size, baseline));
line('read', `${whole.toFixed(1)} ms`, speed(size, whole), `${(baseline / whole).toFixed(2)} ×`);
line('readBlocks', `${blocks.toFixed(1)} ms`, speed(size, blocks));

const small = sizes(Math.min(rows, 20_000));
console.log(`\nevery format, ${small.points.rows} × ${cols} with labels (MB/s of float32):`);
line('format', 'file', 'write', 'read', 'info');
const floats = small.points.data.byteLength / 1e3;
for (const extension of [
  'npy',
  'npz',
  'safetensors',
  'fvecs',
  'bin',
  'arrow',
  'parquet',
  'txt',
  'vec',
  'csv',
  'tsv',
  'jsonl',
]) {
  const path = join(folder, `small.${extension}`);
  const writing = await best(3, () => write(path, small));
  const reading = await best(5, () => read(path));
  const asking = await best(5, () => info(path));
  line(
    extension,
    `${(statSync(path).size / 1e6).toFixed(1)} MB`,
    (floats / writing).toFixed(0),
    (floats / reading).toFixed(0),
    `${asking.toFixed(1)} ms`,
  );
}
