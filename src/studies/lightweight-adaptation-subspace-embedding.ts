import { gathered, type Matrix } from '../core/matrix.ts';
import { pq } from '../families/compression/index.ts';
import { full, subspace, type Table } from '../families/tables/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import {
  aboveBaseline,
  atLeast,
  defineStudy,
  notBelowBaseline,
  type StudyContext,
} from './define.ts';
import { bagAccuracy, bagsOf, plainWords } from './support/bag-classifier.ts';
import { judgedWords } from './support/judged-words.ts';
import { meanCosine, similarityOf, uniqueRows } from './support/kept-words.ts';
import { loadRequests } from './support/requests.ts';
import { loadWordTable } from './support/word-sets.ts';

/** Shares of the bytes, and the numbers of parts that are tried for each: the best is taken for each assignment alike. */
const BUDGETS = {
  small: { share: 0.002, parts: [1, 2] },
  middle: { share: 0.005, parts: [1, 2, 4] },
  large: { share: 0.02, parts: [4, 10] },
} as const;
type Budget = keyof typeof BUDGETS;
const ASSIGNMENTS = ['cluster', 'radix', 'hash'] as const;
type Assignment = (typeof ASSIGNMENTS)[number];

/** Product quantization of no more than 2 % of the bytes, its centroids with it: 14 parts of 16, or 4 of 256. */
const CODES = [
  { centroids: '16', bytes: 7 },
  { centroids: '256', bytes: 4 },
] as const;

/** The pilot's: two parts of 178 pieces. */
const PILOT = { pieces: 178, parts: 2 };
const CLASSIFIER_BUDGET = 0.01;
const CLASSIFIER_PARTS = 2;

const FULL = {
  training: { steps: 700, batch: 64, learningRate: 0.3 },
  texts: 15_000,
  tests: 4500,
};
const QUICK = { training: { steps: 8, batch: 16, learningRate: 0.3 }, texts: 300, tests: 100 };

const similarityLine = (budget: Budget) =>
  ({
    claim: `At ${100 * BUDGETS[budget].share} % of the bytes, cosines by clusters follow people's judgements of words better`,
    baseline: 'the better of digits and hashes',
    holds: aboveBaseline(),
  }) as const;

export default defineStudy({
  paper: papers.lightweightAdaptationSubspaceEmbedding,
  methods: ['tables/subspace', 'compression/pq'],
  quickSeeds: 2,
  claim:
    'Vectors of words can be put together of pieces of very short tables; where pieces go by clusters of known vectors, more than 99 % of the bytes are saved for a few points.',
  data: [
    { name: 'GloVe, 31,636 words × 100', source: 'data/glove-slice', licence: 'PDDL 1.0' },
    { name: 'WordSim-353, SimLex-999, RG-65, MTurk-771', source: 'data/word-eval', licence: 'MIT' },
    {
      name: 'CLINC150: 15,000 requests to train on and 4,500 to test, 150 intents',
      source: 'study-data/clinc150',
      licence: 'CC BY 3.0',
    },
  ],
  lines: {
    small: similarityLine('small'),
    middle: similarityLine('middle'),
    large: similarityLine('large'),
    cosine: {
      claim: 'At 2 % of the bytes, vectors by clusters are nearer to the whole ones (mean cosine)',
      baseline: 'the better of digits and hashes',
      holds: aboveBaseline(),
    },
    quantized: {
      claim:
        'At 2 % of the bytes, clusters follow the judgements no worse than product quantization, but for 0.02',
      baseline: 'the better of pq with 16 and with 256 centroids',
      holds: notBelowBaseline(0.02),
    },
    unique: {
      claim:
        'By digits, all words have vectors that differ as soon as pieces suffice (178² ≥ 31,636)',
      unit: '%',
      holds: atLeast(1),
    },
    classifier: {
      claim: 'A classifier of requests loses at most 4 points with 1 % of the bytes of its table',
      unit: '%',
      baseline: 'a row for every word, which begins with GloVe',
      holds: notBelowBaseline(0.04),
    },
    best: {
      claim: 'In the classifier, clusters are better than the better of digits and hashes',
      unit: '%',
      baseline: 'the better of digits and hashes',
      holds: aboveBaseline(),
    },
  },
  readings: {
    whole: { title: 'Spearman of the whole vectors, mean of four sets' },
    pilotCluster: {
      title:
        'Two parts of 178 pieces, Spearman: clusters (0.56 % of the floats, 1.1 % of the bytes)',
    },
    pilotRadix: { title: 'Two parts of 178 pieces, Spearman: digits (0.56 % of the bytes)' },
    pilotHash: { title: 'Two parts of 178 pieces, Spearman: hashes (0.56 % of the bytes)' },
    pilotUnique: { title: 'Words whose pair of clusters no other word has', unit: '%' },
    classifierRadix: { title: 'Accuracy of the classifier: digits', unit: '%' },
    classifierHash: { title: 'Accuracy of the classifier: hashes', unit: '%' },
    classifierRandom: {
      title: 'Accuracy of the classifier: a row for every word, drawn',
      unit: '%',
    },
  },
  deviations: [
    'Word vectors and a bag of words in place of masked-language training and GLUE: the paper’s tables of results were not at hand.',
    'Pieces are means of the parts that share them, the least squared error that an assignment allows, in place of gradient descent.',
    'Codes of clusters are counted in the bytes. For each assignment the number of parts is the one with the highest mean cosine, of 1 and 2 at 0.2 %, of 1, 2 and 4 at 0.5 %, of 4 and 10 at 2 %.',
    'The word sets are those at hand; MEN, which the pilot used, is not.',
    'The classifier is a layer of 128 columns for each word, the mean of a text and a linear layer, 700 steps of 64 texts. A first run of one seed had no layer for each word: a text was the counts of its words’ pieces, and clusters came to 62 %, digits to 70 %, a row for every word to 90 %. No rule was changed.',
    'The classifier has two parts, and words that GloVe has not are left out, for all tables alike.',
  ],
  async run(study) {
    const { quick, tick } = study;
    const words = await judgedWords();
    const all = quick ? words.points : words.all;
    const scored = (points: Matrix) =>
      similarityOf(quick ? points : gathered(points, words.rows), words.sets);
    const found = await everyBudget(async (budget, i) => {
      const of = {} as Record<Assignment, { cosine: number; spearman: number }>;
      for (const assign of ASSIGNMENTS) {
        const tables: { cosine: number; spearman: number }[] = [];
        for (const parts of BUDGETS[budget].parts.slice(0, quick ? 1 : undefined)) {
          const share = (quick ? 10 : 1) * BUDGETS[budget].share;
          const table = await tableOf(all, { parts, assign, budget: share }, study);
          const vectors = await table.vectors(0);
          tables.push({ cosine: meanCosine(vectors, all), spearman: scored(vectors) });
        }
        of[assign] = tables.reduce((a, b) => (b.cosine > a.cosine ? b : a));
      }
      await tick(0.15 * (i + 1));
      return of;
    });
    const pilot = await pilotOf(all, scored, study);
    const quantized = await quantizedScore(all, scored, study);
    await tick(0.6);
    const accuracy = await classifierAccuracies(study);
    const others = (budget: Budget, of: 'cosine' | 'spearman') =>
      Math.max(found[budget].radix[of], found[budget].hash[of]);
    const line = (budget: Budget) => ({
      value: found[budget].cluster.spearman,
      baseline: others(budget, 'spearman'),
    });
    return {
      small: line('small'),
      middle: line('middle'),
      large: line('large'),
      cosine: { value: found.large.cluster.cosine, baseline: others('large', 'cosine') },
      quantized: { value: found.large.cluster.spearman, baseline: quantized },
      unique: pilot.radixUnique,
      classifier: { value: accuracy.cluster, baseline: accuracy.full },
      best: { value: accuracy.cluster, baseline: Math.max(accuracy.radix, accuracy.hash) },
      whole: scored(all),
      pilotCluster: pilot.cluster,
      pilotRadix: pilot.radix,
      pilotHash: pilot.hash,
      pilotUnique: pilot.clusterUnique,
      classifierRadix: accuracy.radix,
      classifierHash: accuracy.hash,
      classifierRandom: accuracy.random,
    };
  },
});

async function everyBudget<T>(
  measured: (budget: Budget, at: number) => Promise<T>,
): Promise<Readonly<Record<Budget, T>>> {
  const found: Partial<Record<Budget, T>> = {};
  const names = Object.keys(BUDGETS) as readonly Budget[];
  for (const [i, budget] of names.entries()) found[budget] = await measured(budget, i);
  return found as Record<Budget, T>;
}

interface Pieces {
  readonly parts: number;
  readonly assign: Assignment;
  readonly budget: number;
}

/** A table of the words, whose pieces begin as means. */
function tableOf(
  vectors: Matrix,
  options: Pieces,
  { seed, engine, signal }: StudyContext,
): Promise<Table> {
  return subspace(
    { fields: [{ name: 'word', size: vectors.rows, vectors }] },
    { ...options, dim: vectors.cols, keep: 0, seed },
    { engine, signal },
  );
}

/** As many pieces for each assignment, codes not counted. */
async function pilotOf(all: Matrix, scored: (points: Matrix) => number, study: StudyContext) {
  const { pieces, parts } = PILOT;
  const vectorsOf = async (assign: Assignment) => {
    const codes = assign === 'cluster' ? (all.rows * parts * Math.ceil(Math.log2(pieces))) / 8 : 0;
    // Half a byte more: the share is rounded.
    const bytes = 4 * all.cols * pieces + Math.ceil(codes) + 0.5;
    const budget = bytes / (4 * all.rows * all.cols);
    return (await tableOf(all, { parts, assign, budget }, study)).vectors(0);
  };
  const [cluster, radix] = [await vectorsOf('cluster'), await vectorsOf('radix')];
  return {
    cluster: scored(cluster),
    radix: scored(radix),
    hash: scored(await vectorsOf('hash')),
    clusterUnique: uniqueRows(cluster),
    radixUnique: uniqueRows(radix),
  };
}

/** Of the quantization with the higher mean cosine. */
async function quantizedScore(
  all: Matrix,
  scored: (points: Matrix) => number,
  { seed, engine, signal }: StudyContext,
): Promise<number> {
  let best = { cosine: Number.NEGATIVE_INFINITY, spearman: 0 };
  for (const options of CODES) {
    const { codes, model } = await pq(all, { ...options, seed }, { engine, signal });
    const vectors = await (await pq.ready(model)).decode(codes);
    const cosine = meanCosine(vectors, all);
    if (cosine > best.cosine) best = { cosine, spearman: scored(vectors) };
  }
  return best.spearman;
}

/** Of the same classifier over each table. */
async function classifierAccuracies(study: StudyContext) {
  const { quick, random, data, seed, engine, signal } = study;
  const { training, texts, tests } = quick ? QUICK : FULL;
  const { inScope, intents } = await loadRequests(data);
  const { rowOf, points } = await loadWordTable();
  const drawn = random.fork('texts').sample(inScope.train.labels.length, texts);
  const sentences = Array.from(drawn, (row) => inScope.train.sentences[row]);
  const words = [...new Set(sentences.flatMap(plainWords))]
    .filter((word) => rowOf.has(word))
    .sort();
  const idOf = new Map(words.map((word, id) => [word, id]));
  const bags = {
    train: bagsOf(
      sentences,
      drawn.map((row) => inScope.train.labels[row]),
      idOf,
    ),
    test: bagsOf(inScope.test.sentences.slice(0, tests), inScope.test.labels.slice(0, tests), idOf),
  };
  const vectors = gathered(
    points,
    words.map((word) => rowOf.get(word) ?? 0),
  );
  const accuracyOf = (table: Table) =>
    bagAccuracy(table, bags, { ...training, classes: intents.length }, study);
  const ofPieces = async (assign: Assignment) => {
    const budget = quick ? 0.2 : CLASSIFIER_BUDGET;
    return accuracyOf(await tableOf(vectors, { parts: CLASSIFIER_PARTS, assign, budget }, study));
  };
  const every = { fields: [{ name: 'word', size: vectors.rows }] };
  const fullTable = () => full(every, { dim: vectors.cols, keep: 0, seed }, { engine, signal });
  const known = await fullTable();
  // Unit rows of d numbers have the deviation 1/√d; tables begin with 0.05.
  known.network.parameters[0].data.set(vectors.data.map((x) => 0.05 * Math.sqrt(vectors.cols) * x));
  return {
    full: await accuracyOf(known),
    random: await accuracyOf(await fullTable()),
    cluster: await ofPieces('cluster'),
    radix: await ofPieces('radix'),
    hash: await ofPieces('hash'),
  };
}
