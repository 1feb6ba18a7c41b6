import {
  gathered,
  type Matrix,
  matrix,
  rows,
  toFloat32,
  toFloat64,
  zeros64,
} from '../core/matrix.ts';
import type { Random } from '../core/random.ts';
import { unitRows } from '../core/rows.ts';
import { referenceEngine } from '../engine/reference.ts';
import { localTopology } from '../families/metrics/index.ts';
import { loadGlove } from '../io/datasets/index.ts';
import { readLabels } from '../io/index.ts';
import { uniformPoints } from '../manifolds/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { aboveBaseline, atLeast, atMost, defineStudy, type StudyContext } from './define.ts';
import { measuredAlone } from './support/measured.ts';
import { accuracyOf, f1Of, twoClassProbe } from './support/two-class-probe.ts';

const K = 32;
/** Concrete things: words of these domains are the terms to find. */
const TERMS = [
  'noun.animal',
  'noun.artifact',
  'noun.body',
  'noun.food',
  'noun.location',
  'noun.person',
  'noun.plant',
  'noun.substance',
];
/** So many words of a domain at most, so that no domain is most of the terms. */
const MOST_WORDS = 200;
/** Of the words of the domains seen, the share that is kept for testing. */
const KEPT = 0.25;

export default defineStudy({
  paper: papers.localTopologyMeasuresContextualLm,
  methods: ['metrics/local-topology'],
  claim:
    'Descriptors of the topology of a vector’s neighbourhood in a datastore, beside the vector, help to find terms, also in domains that were not seen.',
  data: [
    {
      name: 'GloVe 6B, 100 dimensions',
      source: '31,636 words, the 20,000 most frequent of them as datastore, data/glove-slice',
      licence: 'PDDL 1.0',
    },
    {
      name: 'Domains of 15,709 of the words: the lexicographer files of WordNet 3.1',
      source: 'study-data/word-domains',
      licence: 'WordNet licence',
    },
    {
      name: '60 clusters of 60 points each: arcs, sheets and balls of dimension 5, of one radius, anywhere on a sphere in 20 dimensions',
      source: 'by seed',
      licence: 'planted',
    },
  ],
  seeds: 10,
  lines: {
    frequency: {
      claim: 'On unseen domains, F1 of the descriptors alone is above that of word frequency',
      unit: '%',
      baseline: 'frequency',
      holds: aboveBaseline(),
    },
    distances: {
      claim:
        'On unseen domains, F1 of the descriptors alone is above that of the distances to the neighbours',
      unit: '%',
      baseline: 'distances',
      holds: aboveBaseline(),
    },
    both: {
      claim: 'On unseen domains, F1 of vector and descriptors is above that of the vector',
      unit: '%',
      baseline: 'vector',
      holds: aboveBaseline(),
    },
    seen: {
      claim:
        'On new words of the domains seen, F1 of vector and descriptors is above that of the vector',
      unit: '%',
      baseline: 'vector',
      holds: aboveBaseline(),
    },
    planted: {
      claim:
        'Of planted clusters not seen, descriptors tell sheets from the others in nine of ten rows',
      unit: '%',
      holds: atLeast(0.9),
    },
    plantedVector: {
      claim: 'There, descriptors are right more often than the vector',
      unit: '%',
      baseline: 'vector',
      holds: aboveBaseline(),
    },
    same: {
      claim: 'A rotation and copies of the datastore change no descriptor by more than 1e-9',
      holds: atMost(1e-9),
    },
  },
  readings: {
    topologySeen: { title: 'F1 of the descriptors alone on domains seen', unit: '%' },
    bothDistances: { title: 'F1 of vector and distances on unseen domains', unit: '%' },
    plantedDistances: { title: 'Planted: accuracy of the distances alone', unit: '%' },
  },
  deviations: [
    'Static vectors of single words in place of token vectors of RoBERTa in dialogues, and a linear classifier of words in place of a tagger of sequences.',
    'Terms are words for concrete things (eight domains of WordNet), others any words of other domains; each seed trains on four domains and tests on the four others.',
    'Word frequency and the distances to the neighbours take the place of a static topological tagger as baselines.',
  ],
  async run(study) {
    const { random, quick, tick } = study;
    const { points, words } = await glove(study);
    const datastore = rows(points, 0, quick ? 3000 : 20_000);
    const task = split(words, random.fork('words'), quick);
    const all = [...task.train, ...task.seen, ...task.unseen];
    const features = await featuresOf(
      study,
      gathered(
        points,
        all.map(({ row }) => row),
      ),
      datastore,
    );
    await tick(0.8);
    const from = [0, task.train.length, task.train.length + task.seen.length, all.length];
    const f1 = (table: Matrix, where: 'seen' | 'unseen') => {
      const classify = twoClassProbe(rows(table, from[0], from[1]), task.train.map(isTerm));
      const part = where === 'seen' ? rows(table, from[1], from[2]) : rows(table, from[2], from[3]);
      return f1Of(classify(part), task[where].map(isTerm));
    };
    const { vector, topology, distances } = features;
    const frequency = matrix(
      Float64Array.from(all, ({ row }) => Math.log(row + 1)),
      all.length,
      1,
    );
    const both = beside(vector, topology);
    const alone = f1(topology, 'unseen');
    const found = await onPlanted(study);
    return {
      frequency: { value: alone, baseline: f1(frequency, 'unseen') },
      distances: { value: alone, baseline: f1(distances, 'unseen') },
      both: { value: f1(both, 'unseen'), baseline: f1(vector, 'unseen') },
      seen: { value: f1(both, 'seen'), baseline: f1(vector, 'seen') },
      planted: found.topology,
      plantedVector: { value: found.topology, baseline: found.vector },
      same: await largestChange(study),
      topologySeen: f1(topology, 'seen'),
      bothDistances: f1(beside(vector, distances), 'unseen'),
      plantedDistances: found.distances,
    };
  },
});

interface Word {
  readonly row: number;
  readonly domain: string;
}

const isTerm = ({ domain }: Word): boolean => TERMS.includes(domain);

async function glove({ data }: StudyContext) {
  const { points, labels = [] } = await loadGlove();
  const rowOf = new Map(labels.map((label, row) => [label, row]));
  const lines = await readLabels(new URL('domains.tsv', await data.folder('word-domains')));
  const words = lines.flatMap((line): Word[] => {
    const [word, domain] = line.split('\t');
    const row = rowOf.get(word);
    return row === undefined ? [] : [{ row, domain }];
  });
  return { points, words };
}

/** Half of the domains to train on, the other half unseen; as many other words as terms in each part. */
function split(words: readonly Word[], random: Random, quick: boolean) {
  const most = quick ? 30 : MOST_WORDS;
  const drawn = (list: readonly Word[], count: number, name: string) =>
    Array.from(random.fork(name).sample(list.length, Math.min(list.length, count)), (i) => list[i]);
  const domains = Array.from(random.fork('domains').sample(TERMS.length), (i) => TERMS[i]);
  const terms = domains.map((domain) =>
    drawn(
      words.filter((word) => word.domain === domain),
      most,
      domain,
    ),
  );
  const others = words.filter((word) => !isTerm(word));
  const half = domains.length / 2;
  const [seen, unseen] = [terms.slice(0, half).flat(), terms.slice(half).flat()];
  const rest = drawn(others, seen.length + unseen.length, 'others');
  const known = drawn([...seen, ...rest.slice(0, seen.length)], Infinity, 'order');
  const kept = Math.round(KEPT * known.length);
  return {
    train: known.slice(kept),
    seen: known.slice(0, kept),
    unseen: [...unseen, ...rest.slice(seen.length)],
  };
}

/** Unit vectors, their descriptors, and the distances to the same neighbours. */
async function featuresOf(study: StudyContext, raw: Matrix, store: Matrix) {
  const { engine, signal } = study;
  const facts = { exact: true, datastore: store };
  const { perRow = {} } = await measuredAlone(localTopology, raw, { k: K }, study, facts);
  const columns = Object.values(perRow);
  const topology = matrix(
    Float64Array.from({ length: raw.rows * columns.length }, (_, at) => {
      const value = columns[at % columns.length][Math.floor(at / columns.length)];
      return Number.isNaN(value) ? 0 : value;
    }),
    raw.rows,
    columns.length,
  );
  const vector = unitRows('study', raw).points;
  const stored = unitRows('study', store).points;
  // One more, and without the row itself where it is in the store.
  const graph = await engine.nearestAmong(vector, stored, K + 1, { signal });
  const distances = zeros64(raw.rows, K);
  for (let i = 0; i < raw.rows; i++) {
    const list = graph.distances.subarray(i * graph.k, (i + 1) * graph.k);
    distances.data.set(list[0] < 1e-6 ? list.subarray(1) : list.subarray(0, K), i * K);
  }
  return { vector: toFloat64(vector), topology, distances };
}

/** Columns of one matrix beside those of the other. */
function beside(a: Matrix, b: Matrix): Matrix<Float64Array> {
  const out = zeros64(a.rows, a.cols + b.cols);
  for (let i = 0; i < a.rows; i++) {
    out.data.set(a.data.subarray(i * a.cols, (i + 1) * a.cols), i * out.cols);
    out.data.set(b.data.subarray(i * b.cols, (i + 1) * b.cols), i * out.cols + a.cols);
  }
  return out;
}

const SHAPES = [1, 2, 5];
const PLANTED_COLUMNS = 20;
const RADIUS = 0.2;

/** Accuracy on the rows of clusters that were not trained on: is it a sheet? */
async function onPlanted(study: StudyContext) {
  const { random, quick } = study;
  const [clusters, size] = quick ? [12, 40] : [60, 60];
  const points = zeros64(clusters * size, PLANTED_COLUMNS);
  for (let c = 0; c < clusters; c++) {
    const own = clusterOf(SHAPES[c % SHAPES.length], size, random.fork('cluster').fork(c));
    points.data.set(own.data, c * own.data.length);
  }
  const single = toFloat32(points);
  const { vector, topology, distances } = await featuresOf(study, single, single);
  const isSheet = Array.from(
    { length: points.rows },
    (_, i) => SHAPES[Math.floor(i / size) % 3] === 2,
  );
  const trained = Math.floor(clusters / 2) * size;
  const accuracy = (table: Matrix) => {
    const classify = twoClassProbe(rows(table, 0, trained), isSheet.slice(0, trained));
    return accuracyOf(classify(rows(table, trained, table.rows)), isSheet.slice(trained));
  };
  return {
    vector: accuracy(vector),
    topology: accuracy(topology),
    distances: accuracy(distances),
  };
}

/** Uniform points of a ball of dimension m about a random point of the sphere, along random directions. */
function clusterOf(m: number, size: number, random: Random): Matrix<Float64Array> {
  const d = PLANTED_COLUMNS;
  const centre = uniformPoints(1, d, random);
  const axes = orthonormal(m, random);
  const out = zeros64(size, d);
  for (let i = 0; i < size; i++) {
    const within = uniformPoints(1, m, random).data;
    const radius = RADIUS * random.uniform() ** (1 / m);
    for (let c = 0; c < d; c++) {
      let x = centre.data[c];
      for (let a = 0; a < m; a++) x += radius * within[a] * axes.data[a * d + c];
      out.data[i * d + c] = x;
    }
  }
  return out;
}

/** m orthonormal directions, by Gram and Schmidt. */
function orthonormal(m: number, random: Random): Matrix<Float64Array> {
  const d = PLANTED_COLUMNS;
  const out = toFloat64(uniformPoints(m, d, random));
  for (let a = 0; a < m; a++) {
    const row = out.data.subarray(a * d, (a + 1) * d);
    for (let b = 0; b < a; b++) {
      const other = out.data.subarray(b * d, (b + 1) * d);
      const along = row.reduce((sum, x, c) => sum + x * other[c], 0);
      for (let c = 0; c < d; c++) row[c] -= along * other[c];
    }
    const length = Math.sqrt(row.reduce((sum, x) => sum + x * x, 0));
    for (let c = 0; c < d; c++) row[c] /= length;
  }
  return out;
}

/** Of any descriptor, when rows and datastore are turned, and when every row of the datastore is there twice. */
async function largestChange(study: StudyContext): Promise<number> {
  const { random } = study;
  const exactly = { ...study, engine: referenceEngine };
  const [points, datastore] = ['rows', 'store'].map((name) =>
    toFloat64(uniformPoints(name === 'rows' ? 30 : 120, PLANTED_COLUMNS, random.fork(name))),
  );
  const axes = orthonormal(PLANTED_COLUMNS, random.fork('axes'));
  const described = async (x: Matrix, store: Matrix) => {
    const facts = { exact: true, datastore: store };
    const { perRow = {} } = await measuredAlone(localTopology, x, { k: K }, exactly, facts);
    return Object.values(perRow).flatMap((column) => Array.from(column));
  };
  const before = await described(points, datastore);
  const all = [...Array(datastore.rows).keys()];
  const after = [
    await described(turned(points, axes), turned(datastore, axes)),
    await described(points, gathered(datastore, [...all, ...all])),
  ];
  return Math.max(...after.flatMap((values) => values.map((x, i) => Math.abs(x - before[i]))));
}

/** X·Qᵀ. */
function turned({ data, rows: n, cols: d }: Matrix, q: Matrix): Matrix<Float64Array> {
  const out = zeros64(n, d);
  for (let i = 0; i < n; i++) {
    for (let a = 0; a < d; a++) {
      for (let c = 0; c < d; c++) out.data[i * d + a] += data[i * d + c] * q.data[a * d + c];
    }
  }
  return out;
}
