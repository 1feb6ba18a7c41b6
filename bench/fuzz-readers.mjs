// Damaged files by the million: node bench/fuzz-readers.mjs [--inputs 1000000] [--format ID] [--seed 0] [--write]
//
// Every input is a small file of a format (what Tammes writes, and the fixtures of other programs) with one to four
// damages: cut, bits flipped, bytes set, stretches dropped, repeated or moved. Each must give a table or one sentence.
// Counted are answers, the slowest input and the largest piece of memory asked for at once; an error that is no
// sentence, a defect that Tammes reports of itself, or an input that takes 20 seconds ends the run with its number,
// which repeats it: --from NUMBER. --write puts the table into docs/fuzz.md.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const HANG_MS = 20_000;
const BATCH = 500;

/** Numbers from a counter: input i is the same whoever makes it. */
function randomOf(seed, i) {
  let state = (seed * 0x9e3779b1 + i * 0x85ebca6b + 1) >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const BYTES = [0, 1, 10, 32, 44, 45, 48, 57, 91, 123, 127, 128, 192, 254, 255];

function damaged(whole, random) {
  let out = Uint8Array.from(whole);
  for (let left = 1 + random(4); left > 0 && out.length > 0; left--) {
    const at = random(out.length);
    const length = 1 + random(9);
    switch (random(7)) {
      case 0:
        out = out.slice(0, at);
        break;
      case 1:
        out[at] ^= 1 << random(8);
        break;
      case 2:
        out[at] = BYTES[random(BYTES.length)];
        break;
      case 3:
        out.fill(random(2) * 255, at, at + length);
        break;
      case 4:
        out = Uint8Array.of(...out.subarray(0, at), ...out.subarray(at + length));
        break;
      case 5:
        out = Uint8Array.of(...out.subarray(0, at + length), ...out.subarray(at));
        break;
      default:
        out.copyWithin(at, random(out.length), random(out.length));
    }
  }
  return out;
}

/** Small files of a format: what Tammes writes, and its fixtures. */
async function samplesOf(id, io) {
  const rows = 12;
  const cols = 5;
  const table = {
    points: {
      data: Float32Array.from({ length: rows * cols }, (_, i) => (i * 37) % 251),
      rows,
      cols,
    },
    labels: Array.from({ length: rows }, (_, i) => `word${i}`),
    columns: {
      note: Array.from({ length: rows }, (_, i) => `a "note", ${i % 3}`),
      weight: Float64Array.from({ length: rows }, (_, i) => i / 7),
    },
  };
  const samples = [];
  const format = io.formats.find((one) => one.id === id);
  if (format.create) samples.push(await io.encode(table, { format: id }));
  const folder = new URL('../src/io/fixtures/', import.meta.url);
  for (const name of readdirSync(folder)) {
    if (/\.(py|md|json|ts)$/.test(name)) continue;
    const bytes = readFileSync(new URL(name, folder));
    if (bytes.length > 20_000) continue;
    const found = await io.info(new File([bytes], name)).catch(() => undefined);
    if (found?.format === id) samples.push(new Uint8Array(bytes));
  }
  return samples;
}

/** The largest piece of memory asked for by its length since it was last set to 0. */
let largest = 0;

function watchAllocations() {
  for (const Kind of [
    ArrayBuffer,
    SharedArrayBuffer,
    Uint8Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
  ]) {
    const size = Kind.BYTES_PER_ELEMENT ?? 1;
    globalThis[Kind.name] = new Proxy(Kind, {
      construct(target, args, newTarget) {
        if (typeof args[0] === 'number') largest = Math.max(largest, args[0] * size);
        return Reflect.construct(target, args, newTarget);
      },
    });
  }
}

async function work({ id, seed, from, to }) {
  const io = await import('../dist/io/index.js');
  const { TammesError } = await import('../dist/core/index.js');
  const samples = await samplesOf(id, io);
  if (samples.length === 0) throw new Error(`there is no file of the format ${id} to damage`);
  watchAllocations();
  let counts = { read: 0, refused: 0, slowest: 0, memory: 0, ratio: 0 };
  for (let i = from; i < to; i++) {
    const random = randomOf(seed, i);
    const bytes = damaged(samples[random(samples.length)], random);
    const named = random(2) === 0;
    largest = 0;
    const start = performance.now();
    try {
      const { points } = await io.read(bytes, named ? { format: id } : {});
      if (points.data.length !== points.rows * points.cols) throw new Error('a wrong shape');
      counts.read++;
    } catch (error) {
      const isSentence =
        error instanceof TammesError &&
        error.code !== 'internal' &&
        !/undefined|\[object|\n/.test(error.message);
      if (!isSentence) {
        parentPort.postMessage({ fault: String(error?.stack ?? error), input: i });
        return;
      }
      counts.refused++;
    }
    const took = performance.now() - start;
    counts.slowest = Math.max(counts.slowest, took);
    if (largest > counts.memory) {
      counts.memory = largest;
      counts.ratio = largest / Math.max(1, bytes.length);
    }
    if ((i + 1 - from) % BATCH === 0 || i + 1 === to) {
      parentPort.postMessage({ at: i, counts });
      counts = { ...counts, read: 0, refused: 0 };
    }
  }
  parentPort.postMessage({ over: true });
}

/** Runs one format; resolves to its totals. */
function fuzzed(id, seed, from, to) {
  return new Promise((resolve, reject) => {
    const total = { id, read: 0, refused: 0, slowest: 0, memory: 0, ratio: 0 };
    const worker = new Worker(new URL(import.meta.url), { workerData: { id, seed, from, to } });
    let at = from;
    let alive = Date.now();
    const fail = (sentence) => {
      clearInterval(watch);
      void worker.terminate();
      reject(new Error(`${id}: ${sentence}`));
    };
    const watch = setInterval(() => {
      if (Date.now() - alive > HANG_MS)
        fail(`nothing came for ${HANG_MS / 1000} s after input ${at}.`);
    }, 1000);
    worker.on('message', (message) => {
      alive = Date.now();
      if (message.fault) fail(`input ${message.input} (--from ${message.input}): ${message.fault}`);
      if (message.counts) {
        at = message.at;
        total.read += message.counts.read;
        total.refused += message.counts.refused;
        for (const key of ['slowest', 'memory'])
          total[key] = Math.max(total[key], message.counts[key]);
        if (total.memory === message.counts.memory) total.ratio = message.counts.ratio;
      }
      if (message.over) {
        clearInterval(watch);
        void worker.terminate();
        resolve(total);
      }
    });
    worker.on('error', (error) => fail(String(error.stack)));
  });
}

function rowOf({ id, read, refused, slowest, memory, ratio }) {
  const count = (n) => n.toLocaleString('en');
  const size =
    memory < 2 ** 20 ? `${Math.ceil(memory / 1024)} kB` : `${(memory / 2 ** 20).toFixed(1)} MB`;
  return `| \`${id}\` | ${count(read)} | ${count(refused)} | ${slowest.toFixed(0)} ms | ${size} | ${count(Math.round(ratio))} × |`;
}

async function main() {
  const { values } = parseArgs({
    options: {
      inputs: { type: 'string', default: '1000000' },
      format: { type: 'string' },
      seed: { type: 'string', default: '0' },
      from: { type: 'string' },
      write: { type: 'boolean', default: false },
    },
  });
  const { formats } = await import('../dist/io/index.js');
  const ids = values.format ? [values.format] : formats.map(({ id }) => id);
  const from = Number(values.from ?? 0);
  const to = values.from === undefined ? Number(values.inputs) : from + 1;
  const head = [
    '| format | read | refused in a sentence | slowest | most memory at once | of that file |',
    '|---|---|---|---|---|---|',
  ];
  console.log(head.join('\n'));
  const rows = [];
  for (const id of ids) {
    rows.push(rowOf(await fuzzed(id, Number(values.seed), from, to)));
    console.log(rows.at(-1));
  }
  if (!values.write) return;
  const page = new URL('../docs/fuzz.md', import.meta.url);
  const text = readFileSync(page, 'utf8');
  const [before, after] = [text.indexOf('| format |'), text.lastIndexOf('|\n') + 2];
  writeFileSync(
    page,
    `${text.slice(0, before)}${[...head, ...rows].join('\n')}\n${text.slice(after)}`,
  );
}

if (isMainThread) {
  await main().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
} else await work(workerData);
