// Which verdict each injected fault gets: `npm run build && node bench/parity.mjs [--seeds 5] [--write]`.
//
// Eleven faults, none, and another model, on GloVe, on the embeddings of package descriptions and on
// Cora's words. --write puts the table into docs/parity.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { injectedFaults } from '../dist/apps/parity/faults.js';
import { chooseEngine, parity, Random } from '../dist/index.js';
import { loadCora, loadGlove, loadPackageDescriptions } from '../dist/io/datasets/index.js';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '5' },
    sets: { type: 'string', default: 'glove,packages,cora' },
    threads: { type: 'string', default: '2' },
    write: { type: 'boolean', default: false },
  },
});

const zeros = (rows, cols) => ({ data: new Float32Array(rows * cols), rows, cols });
const head = (m, n) => ({ ...m, data: m.data.slice(0, n * m.cols), rows: Math.min(n, m.rows) });

function unitRows({ data, rows, cols }) {
  const out = zeros(rows, cols);
  for (let i = 0; i < rows; i++) {
    const norm = Math.hypot(...data.subarray(i * cols, (i + 1) * cols)) || 1;
    for (let c = i * cols; c < (i + 1) * cols; c++) out.data[c] = data[c] / norm;
  }
  return out;
}

/** Signed hashes of pieces of text, each with a weight. */
function hashed(texts, d, piecesOf, weightOf = () => 1) {
  const places = new Map();
  const placeOf = (piece) => {
    if (!places.has(piece)) {
      const random = Random.fromSeed(0).fork(piece);
      places.set(piece, [random.integer(d), random.uniform() < 0.5 ? -1 : 1]);
    }
    return places.get(piece);
  };
  const out = zeros(texts.length, d);
  texts.forEach((text, i) => {
    for (const piece of piecesOf(text)) {
      const [place, sign] = placeOf(piece);
      out.data[i * d + place] += sign * weightOf(piece);
    }
  });
  return out;
}

const threes = (text) => Array.from({ length: text.length }, (_, i) => ` ${text} `.slice(i, i + 3));
const words = (text) => text.toLowerCase().match(/[a-z0-9]+/g) ?? [];

/** Inverse document frequency of words. */
function rarity(texts) {
  const counts = new Map();
  for (const text of texts) {
    for (const word of new Set(words(text))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return (word) => Math.log(texts.length / counts.get(word));
}

/** Two steps of a random walk on the citations, seen along random directions. */
function citations(n, d) {
  const path = new URL('../data/cora/cora.json.gz', import.meta.url);
  const { edges } = JSON.parse(gunzipSync(readFileSync(path)));
  const neighbors = Array.from({ length: n }, (_, i) => [i]);
  for (let e = 0; e < edges.length; e += 2) {
    neighbors[edges[e]].push(edges[e + 1]);
    neighbors[edges[e + 1]].push(edges[e]);
  }
  const random = Random.fromSeed(1);
  let points = zeros(n, d);
  points.data.forEach((_, i) => {
    points.data[i] = random.normal();
  });
  for (let step = 0; step < 2; step++) {
    const next = zeros(n, d);
    neighbors.forEach((list, i) => {
      for (const j of list) {
        for (let c = 0; c < d; c++) next.data[i * d + c] += points.data[j * d + c] / list.length;
      }
    });
    points = next;
  }
  return points;
}

const sets = {
  glove: async () => {
    const { points, labels } = await loadGlove();
    const some = head(points, 5000);
    return {
      name: 'GloVe, 5,000 × 100',
      points: some,
      other: hashed(labels.slice(0, 5000), 100, threes),
    };
  },
  packages: async () => {
    const { points, columns } = await loadPackageDescriptions(
      new URL('../study-data/package-descriptions/', import.meta.url),
    );
    const texts = [...columns.description];
    const other = hashed(texts, 512, words, rarity(texts));
    return { name: 'package descriptions, 20,000 × 512', points, other };
  },
  cora: async () => {
    const { points } = await loadCora();
    return {
      name: 'Cora, 2,708 × 1,433',
      points: unitRows(points),
      other: citations(points.rows, 256),
    };
  },
};

const engine = await chooseEngine('auto', { threads: Number(values.threads) });
const seeds = Number(values.seeds);
const table = new Map();
const names = [];
let wrong = 0;
let count = 0;
let slowest = 0;
for (const id of values.sets.split(',')) {
  const { name, points, other } = await sets[id]();
  names.push(name);
  for (let seed = 0; seed < seeds; seed++) {
    console.error(`${name}, seed ${seed} …`);
    const cases = await injectedFaults(points, engine, seed);
    cases.push({ name: 'another model', expected: 'another-model', a: points, b: other });
    for (const { name: fault, expected, a, b } of cases) {
      const start = performance.now();
      const { verdict, evidence } = await parity(a, b, engine, { seed });
      slowest = Math.max(slowest, (performance.now() - start) / 1000);
      const key = `${fault}\u0000${expected}`;
      if (!table.has(key)) table.set(key, new Map());
      const cell = table.get(key).get(name) ?? [];
      table.get(key).set(name, [...cell, verdict]);
      count++;
      if (verdict !== expected) {
        wrong++;
        console.error(`${name}, ${fault}, seed ${seed}: ${verdict}`, JSON.stringify(evidence));
      }
    }
  }
}
await engine.dispose();

const tally = (verdicts = []) => {
  const counts = new Map();
  for (const verdict of verdicts) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  return [...counts].map(([verdict, times]) => `${verdict} ${times}/${verdicts.length}`).join(', ');
};
const lines = [
  `| fault | expected | ${names.join(' | ')} |`,
  `|---|---|${names.map(() => '---|').join('')}`,
  ...[...table].map(([key, cells]) => {
    const [fault, expected] = key.split('\u0000');
    return `| ${fault} | ${expected} | ${names.map((name) => tally(cells.get(name))).join(' | ')} |`;
  }),
  '',
  `${count - wrong} of ${count} verdicts are right (${seeds} seeds).`,
];
const text = lines.join('\n');
console.log(text);
console.log(`slowest verdict: ${slowest.toFixed(1)} s`);
if (values.write) {
  const page = new URL('../docs/parity.md', import.meta.url);
  const before = readFileSync(page, 'utf8');
  const marks = /(<!-- bench\/parity\.mjs -->\n)[\s\S]*?(<!-- end -->)/;
  if (!marks.test(before)) throw new Error('docs/parity.md has no place for the table.');
  writeFileSync(
    page,
    before.replace(marks, (_, from, to) => `${from}${text}\n${to}`),
  );
}
