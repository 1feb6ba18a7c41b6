// Dispersion and search together: what spreading rows does to hubs, to indexes and to codes, on the same data.
//
//   npm run build && node bench/search-and-dispersion.mjs [--data glove,package-descriptions] [--rows 2000]
//     [--queries 500] [--keep 0.97,0.94] [--passes 60] [--seeds 3]
//
// Rows of a shipped set are drawn, as many others ask. Each index is asked with the same effort before and after, and
// each code compared; the truth is exact search, once among the same rows, and once among the rows as they came: what
// dispersion itself changes. Queries are dispersed with the
// rows; one line asks with those that were not. Hub corrections re-rank lists and leave the rows where they are.
import { parseArgs } from 'node:util';
import { codecById, compress } from '../dist/apps/verbs/compress.js';
import { disperse } from '../dist/apps/verbs/disperse.js';
import { buildIndex, indexById, indexIds } from '../dist/apps/verbs/search.js';
import { gathered, matrix, toFloat32 } from '../dist/core/matrix.js';
import { Random } from '../dist/core/random.js';
import { unitRows } from '../dist/core/rows.js';
import { defaultEngine } from '../dist/engine/choose.js';
import {
  centering,
  csls,
  localScaling,
  mutualProximity,
} from '../dist/families/neighbors/index.js';
import { datasetByName } from '../dist/io/datasets/index.js';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: 'glove,package-descriptions' },
    rows: { type: 'string', default: '2000' },
    queries: { type: 'string', default: '500' },
    keep: { type: 'string', default: '0.97,0.94' },
    passes: { type: 'string', default: '60' },
    seeds: { type: 'string', default: '3' },
  },
});
const K = 10;
/** Of each index, in its own unit: little enough that something is missed. */
const EFFORTS = { hash: 100, graph: 12, ivf: 4 };
const [n, asked, passes, seeds] = [values.rows, values.queries, values.passes, values.seeds].map(
  Number,
);
const CORRECTIONS = {
  centering,
  csls,
  'local-scaling': localScaling,
  'mutual-proximity': mutualProximity,
};

/** The first `count` drawn rows are the documents, the next ones the queries; all are dispersed together. */
async function drawn(name, seed) {
  const load = datasetByName(name);
  if (!load) throw new Error(`${name} is no shipped set.`);
  const { points } = await load();
  const order = Random.fromSeed(seed).fork('rows').sample(points.rows);
  const count = Math.min(n, points.rows - asked);
  return unitRows(name, toFloat32(gathered(points, order.subarray(0, count + asked)))).points;
}

const split = (all) => {
  const cut = (all.rows - asked) * all.cols;
  return {
    documents: matrix(all.data.slice(0, cut), all.rows - asked, all.cols),
    queries: matrix(all.data.slice(cut), asked, all.cols),
  };
};

/** Share of the true rows that are found, both q × k. */
function shared(truth, found, k = K) {
  let both = 0;
  for (let q = 0; q < asked; q++) {
    const own = new Set(truth.subarray(q * k, (q + 1) * k));
    for (const row of found.subarray(q * k, (q + 1) * k)) if (own.has(row)) both += 1;
  }
  return both / truth.length;
}

/** In how many lists a row is: skewness, the most, and the share of rows in none. */
function hubs(indices, rows) {
  const counts = new Float64Array(rows);
  for (const row of indices) if (row >= 0) counts[row] += 1;
  const mean = indices.length / rows;
  let [second, third, largest, none] = [0, 0, 0, 0];
  for (const count of counts) {
    second += (count - mean) ** 2 / rows;
    third += (count - mean) ** 3 / rows;
    largest = Math.max(largest, count);
    none += count === 0 ? 1 / rows : 0;
  }
  return { skewness: third / second ** 1.5, largest, none };
}

async function measured(all, start, original, engine) {
  const given = split(start).queries;
  const { documents, queries } = split(all);
  const { indices: truth } = await engine.nearestAmong(queries, documents, K);
  const own = await engine.nearest(documents, K);
  const { skewness, largest, none } = hubs(own.indices, documents.rows);
  // Where rows keep more than `keep` without being held, it did not bind, and the columns are one run.
  const out = {
    'cosine with the start': keptCosine(all, start),
    'mean cosine of pairs': meanCosine(documents),
    ...{ skewness, largest, none },
  };
  out['neighbours as before'] = shared(original, truth);
  const plain = await engine.nearestAmong(given, documents, K);
  out['and with queries as they came'] = shared(original, plain.indices);
  for (const id of indexIds()) {
    if (!(id in EFFORTS)) continue;
    const { index } = await buildIndex({ points: documents }, id, {}, { engine });
    const found = await indexById(id).search(
      index,
      { points: queries },
      { k: K, effort: EFFORTS[id] },
      { engine },
    );
    out[`${id}, effort ${EFFORTS[id]}`] = shared(truth, found.rows);
    out[`${id}: rows scored`] = found.scanned.reduce((sum, x) => sum + x, 0) / asked;
    out[`${id}: of the original`] = shared(original, found.rows);
  }
  for (const [title, codec, options] of [
    ['int8', 'int8', {}],
    ['bits', 'bits', {}],
    ['bits, ITQ', 'bits', { dims: Math.min(100, documents.cols), rotation: 'itq' }],
  ]) {
    const { codes, model } = await compress(documents, codec, options, { engine });
    const ready = await codecById(codec).ready(model);
    const decoded = unitRows('decoded', await ready.decode(codes, { engine })).points;
    const { indices } = await engine.nearestAmong(queries, toFloat32(decoded), K);
    out[title] = shared(truth, indices);
  }
  return out;
}

async function corrected(all, engine) {
  const { documents } = split(all);
  const plain = await engine.nearest(documents, K);
  const rows = {};
  for (const [name, correction] of Object.entries(CORRECTIONS)) {
    const { graph } = await correction(documents, { k: K, candidates: 100 }, { engine });
    let both = 0;
    for (let i = 0; i < documents.rows; i++) {
      const own = new Set(plain.indices.subarray(i * K, (i + 1) * K));
      for (const row of graph.indices.subarray(i * K, (i + 1) * K)) if (own.has(row)) both += 1;
    }
    rows[name] = {
      ...hubs(graph.indices, documents.rows),
      'neighbours as before': both / plain.indices.length,
    };
  }
  return rows;
}

function keptCosine(all, start) {
  return all.data.reduce((sum, x, e) => sum + x * start.data[e], 0) / all.rows;
}

function meanCosine({ data, rows, cols }) {
  const sum = new Float64Array(cols);
  for (let e = 0; e < data.length; e++) sum[e % cols] += data[e];
  return sum.reduce((total, x) => total + x * x, 0) / rows ** 2;
}

/** The mean of the runs, and the least and the largest. */
function shown(numbers) {
  const mean = numbers.reduce((a, b) => a + b, 0) / numbers.length;
  const text = (x) => (Math.abs(x) >= 10 ? x.toFixed(0) : x.toFixed(3));
  return `${text(mean)} (${text(Math.min(...numbers))} to ${text(Math.max(...numbers))})`;
}

function table(title, columns) {
  const names = Object.keys(columns);
  console.log(`\n| ${title} | ${names.join(' | ')} |`);
  console.log(`| --- |${' --- |'.repeat(names.length)}`);
  for (const row of Object.keys(columns[names[0]][0])) {
    const cells = names.map((name) => shown(columns[name].map((run) => run[row])));
    console.log(`| ${row} | ${cells.join(' | ')} |`);
  }
}

const started = process.cpuUsage();
for (const name of values.data.split(',')) {
  const spread = {};
  const reranked = {};
  const add = (to, key, run) => {
    to[key] = [...(to[key] ?? []), run];
  };
  let size = '';
  for (let seed = 1; seed <= seeds; seed++) {
    const all = await drawn(name, seed);
    const engine = await defaultEngine(all);
    const { documents, queries } = split(all);
    size = `${documents.rows} × ${documents.cols}`;
    const { indices: original } = await engine.nearestAmong(queries, documents, K);
    add(spread, 'as it came', await measured(all, all, original, engine));
    for (const keep of values.keep.split(',').map(Number)) {
      const { points } = await disperse({ points: all }, { keep, passes, seed });
      add(
        spread,
        `dispersed, keep ${keep}`,
        await measured(toFloat32(points), all, original, engine),
      );
    }
    for (const [key, run] of Object.entries(await corrected(all, engine))) add(reranked, key, run);
    await engine.dispose();
  }
  table(`${name}, ${size}, ${seeds} draws`, spread);
  table(`${name}, lists re-ranked`, reranked);
}
const { user, system } = process.cpuUsage(started);
console.log(`\n${((user + system) / 1e6).toFixed(0)} s of processors`);
