// A store of 400,000 × 100 vectors: how soon it is open and answers, beside parsing the same vectors as text.
//
//   npm run build && node bench/store.mjs [--rows 400000] [--dims 100] [--codec int8] [--repeats 7] [--folder DIR]
//
// Every line is measured in processes of its own, the files in the memory of the system; memory is what the process
// takes above one that has loaded the code alone.
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compress, openStore, writeStore } from '../dist/apps/store/index.js';
import { matrix } from '../dist/core/matrix.js';
import { Random } from '../dist/core/random.js';
import { read } from '../dist/io/index.js';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '400000' },
    dims: { type: 'string', default: '100' },
    codec: { type: 'string', default: 'int8' },
    repeats: { type: 'string', default: '7' },
    folder: { type: 'string', default: tmpdir() },
    child: { type: 'string' },
    file: { type: 'string' },
    word: { type: 'string' },
  },
});
const [n, d, repeats] = [values.rows, values.dims, values.repeats].map(Number);
const clock = () => performance.now();
const rss = () => process.memoryUsage().rss / 2 ** 20;

/** What a child process measures: milliseconds and MiB by name. */
const jobs = {
  async store() {
    const [before, used] = [rss(), process.cpuUsage()];
    const start = clock();
    const store = await openStore(values.file);
    const open = clock() - start;
    const first = await timed(() => store.vector(values.word));
    const processor = processorSince(used);
    const random = Random.fromSeed(2);
    const rows = Array.from({ length: 1000 }, () => random.integer(store.rows));
    const labels = await Promise.all(rows.map((row) => store.labelOf(row)));
    const thousand = await timed(() => forEach(labels, (label) => store.vector(label)));
    const readBytes = store.packed.bytesRead / 2 ** 20;
    const memory = rss() - before;
    const unknown = await timed(() => store.vector(`${values.word}x`));
    const near = await timed(() => store.near({ label: values.word }));
    const nearAgain = await timed(() => store.near({ label: labels[0] }));
    return { open, first, processor, thousand, readBytes, memory, unknown, near, nearAgain };
  },
  async text() {
    const [before, used] = [rss(), process.cpuUsage()];
    const parse = await timed(() => read(values.file));
    return { parse, processor: processorSince(used), memory: rss() - before };
  },
};

/** Milliseconds of processors, which other work on the machine does not change. */
function processorSince(used) {
  const { user, system } = process.cpuUsage(used);
  return (user + system) / 1000;
}

async function timed(work) {
  const start = clock();
  await work();
  return clock() - start;
}

async function forEach(list, work) {
  for (const item of list) await work(item);
}

/** Distinct words of two to five syllables. */
function words() {
  const random = Random.fromSeed(1);
  const [heads, tails] = ['b c d f g h k l m n p r s t v w', 'a e i o u ai ou en ar is'].map((s) =>
    s.split(' '),
  );
  const syllable = () => heads[random.integer(heads.length)] + tails[random.integer(tails.length)];
  const found = new Set();
  while (found.size < n) {
    found.add(Array.from({ length: 2 + random.integer(4) }, syllable).join(''));
  }
  return [...found];
}

async function writeText(path, { data }, labels) {
  const out = createWriteStream(path);
  for (let i = 0; i < n; i++) {
    const numbers = Array.from(data.subarray(i * d, (i + 1) * d), (x) => x.toFixed(5));
    if (!out.write(`${labels[i]} ${numbers.join(' ')}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

function child(job, file, word, times) {
  const script = fileURLToPath(import.meta.url);
  return Array.from({ length: times }, () => {
    const run = spawnSync(
      process.execPath,
      [script, '--child', job, '--file', file, '--word', word],
      { encoding: 'utf8' },
    );
    if (run.status !== 0) throw new Error(run.stderr);
    return JSON.parse(run.stdout);
  });
}

/** The median, and the least and the largest. */
function summary(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const shown = (x) => (x < 10 ? x.toFixed(2) : x.toFixed(0));
  const [low, high] = [sorted[0], sorted[sorted.length - 1]];
  return `${shown(sorted[Math.floor(sorted.length / 2)])} (${shown(low)} to ${shown(high)})`;
}

function table(runs, units) {
  for (const [name, unit] of Object.entries(units))
    console.log(`${name.padEnd(10)} ${summary(runs.map((run) => run[name]))} ${unit}`);
}

/** Opening and one lookup by ranges from a server on this machine. */
async function byAddress(path, word) {
  let [requests, bytes] = [0, 0];
  const size = statSync(path).size;
  const server = createServer(({ headers }, response) => {
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '');
    const end = Math.min(size, Number(to) + 1);
    requests += 1;
    bytes += end - from;
    response.writeHead(206, { 'content-range': `bytes ${from}-${end - 1}/${size}` });
    createReadStream(path, { start: Number(from), end: end - 1 }).pipe(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const store = await openStore(`http://127.0.0.1:${server.address().port}/store`);
  await store.vector(word);
  const known = `${requests} requests, ${(bytes / 1024).toFixed(0)} KiB`;
  await store.vector(`${word}x`);
  console.log(
    `by address: open and one word ${known}; and an unknown word ${requests} requests, ${(bytes / 1024).toFixed(0)} KiB`,
  );
  server.close();
  server.closeAllConnections();
}

if (values.child) {
  console.log(JSON.stringify(await jobs[values.child]()));
} else {
  const folder = mkdtempSync(join(values.folder, 'tammes-bench-store-'));
  try {
    const random = Random.fromSeed(1);
    const data = new Float32Array(n * d);
    for (let e = 0; e < data.length; e++) data[e] = random.normal();
    const [points, labels] = [matrix(data, n, d), words()];
    const [store, text] = ['vectors.tammes', 'vectors.txt'].map((name) => join(folder, name));
    const encoded = await compress(points, values.codec);
    const writing = await timed(() => writeStore(store, encoded, { labels }));
    const bare = join(folder, 'bare.tammes');
    await writeStore(bare, encoded, { labels }, { grams: false });
    await writeText(text, points, labels);
    const megabytes = (path) => `${(statSync(path).size / 1e6).toFixed(1)} MB`;
    console.log(
      `${n} × ${d}, ${values.codec}: store ${megabytes(store)}, without n-grams ${megabytes(bare)}, text ${megabytes(text)}; written in ${(writing / 1000).toFixed(1)} s`,
    );
    const word = labels[n >> 1];
    const opened = child('store', store, word, repeats);
    table(opened, {
      ...{ open: 'ms', first: 'ms', processor: 'ms of processors for both' },
      ...{ thousand: 'ms', readBytes: 'MiB', memory: 'MiB' },
      ...{ unknown: 'ms', near: 'ms', nearAgain: 'ms' },
    });
    const parsed = child('text', text, word, Math.min(repeats, 3));
    table(parsed, { parse: 'ms', processor: 'ms of processors', memory: 'MiB' });
    const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
    const ratio = (of, own) =>
      opened.map((run) => median(parsed.map((text) => text[of])) / own(run));
    console.log('parsing the text over opening the store and its first word:');
    console.log(
      `  by the clock ${summary(ratio('parse', ({ open, first }) => open + first))} times`,
    );
    console.log(`  by processors ${summary(ratio('processor', (run) => run.processor))} times`);
    await byAddress(store, word);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
