import { mostFreeDocuments } from '../apps/limit/free-embeddings.ts';
import { limitDataset } from '../apps/limit/limit-dataset.ts';
import { evaluateSearch } from '../apps/verbs/evaluate-search.ts';
import { buildIndex, type Corpus } from '../apps/verbs/search.ts';
import { type Matrix, zeros } from '../core/matrix.ts';
import { type RetrievalTask, readLabels, readRetrievalTask } from '../io/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import {
  aboveBaseline,
  atLeast,
  atMost,
  atMostTimesBaseline,
  defineStudy,
  type StudyContext,
  type StudyData,
} from './define.ts';
import { turnedWithNoise } from './support/turned-space.ts';
import { loadWordTable, meansOf, type WordTable, wordSets } from './support/word-sets.ts';

/** Documents that free vectors of so many numbers could serve in a trial of the paper's settings. */
const TRIAL = new Map([
  [4, 8],
  [5, 13],
  [6, 18],
  [7, 25],
]);
/** Columns left of 100. */
const KEPT = [100, 50, 25, 12, 6, 3];
/** Domains of things that one can like. */
const LIKED = /^noun\.(act|animal|artifact|food|object|plant|substance)$/;

export default defineStudy({
  paper: papers.limitsOfEmbeddingRetrieval,
  methods: ['search/bm25', 'search/max-sim', 'search/exact'],
  claim:
    'Vectors of d numbers can answer only so many different pairs of documents: even free vectors fail beyond a size, and on simple texts about who likes what single vectors fail where words and sets of vectors do not.',
  data: [
    {
      name: 'LIMIT-small: 46 documents, 1,000 queries, two relevant documents each',
      source: 'study-data/limit-small',
      licence: 'CC BY 4.0',
    },
    {
      name: 'The same form with nouns of WordNet as what is liked',
      source: 'study-data/word-domains, drawn by seed',
      licence: 'WordNet',
    },
    { name: 'GloVe, 31,636 words', source: 'dataset:glove', licence: 'PDDL 1.0' },
  ],
  lines: {
    free: {
      claim:
        'Free vectors of 4, 5, 6 and 7 numbers answer every pair of 8, 13, 18 and 25 documents: none is off by more than 2',
      holds: atMost(2),
    },
    growth: {
      claim:
        'The documents they can serve grow faster than their numbers: documents a number, at 7',
      baseline: 'documents a number, at 4',
      holds: aboveBaseline(),
    },
    words: {
      claim: 'BM25 has a recall@2 of 97.8 % or more on LIMIT-small',
      unit: '%',
      holds: atLeast(0.978),
    },
    single: {
      claim: 'Means of word vectors have less than half of its recall@2',
      unit: '%',
      baseline: 'BM25',
      holds: atMostTimesBaseline(0.5),
    },
    sets: {
      claim: 'MaxSim over the same word vectors recovers more than half of the gap',
      unit: '%',
      holds: atLeast(0.5),
    },
    truncation: {
      claim:
        'Recall@2 of single vectors falls whenever half of their numbers are cut off: times it rises',
      holds: atMost(0),
    },
    made: {
      claim:
        'On texts made anew in the same form, single vectors have less than half of the recall@2',
      unit: '%',
      baseline: 'BM25',
      holds: atMostTimesBaseline(0.5),
    },
    madeSets: {
      claim: 'There too MaxSim recovers more than half of the gap',
      unit: '%',
      holds: atLeast(0.5),
    },
  },
  readings: {
    fit: { title: 'Mean of our documents less those of the paper’s polynomial' },
    wordsAt10: { title: 'Recall@10 of BM25 on LIMIT-small', unit: '%' },
    singleAt10: { title: 'Recall@10 of means of word vectors', unit: '%' },
    setsAt2: { title: 'Recall@2 of MaxSim', unit: '%' },
    setsAt10: { title: 'Recall@10 of MaxSim', unit: '%' },
    unknown: { title: 'Words of LIMIT-small that GloVe’s slice has not', unit: '%' },
    madeWords: { title: 'Recall@2 of BM25 on the texts made anew', unit: '%' },
  },
  curves: {
    title: 'Documents of which free vectors answer every pair',
    x: 'numbers of a vector',
    y: 'documents',
  },
  quickSeeds: 2,
  deviations: [
    'Free vectors of 4 to 7 numbers, in float64; the paper goes on to more and fits a polynomial, whose coefficients are taken from a summary of it.',
    'GloVe’s static word vectors in place of trained encoders: centered, of length 1; a word that the slice has not gets a random direction by the seed.',
    'LIMIT-small and 46 documents made anew: the full set has 50,000.',
  ],
  async run(study) {
    const { quick, data, tick } = study;
    const table = await loadWordTable();
    const folder = await data.folder('limit-small');
    const small = await retrievers(await readRetrievalTask(folder), table, study);
    await tick(0.1);
    const made = await retrievers(await madeTask(study), table, study);
    await tick(0.2);
    const sizes = quick ? [2, 3] : [4, 5, 6, 7];
    const found: number[] = [];
    for (const d of sizes) {
      found.push(await mostFree(d, study));
      await tick(0.2 + (0.8 * found.length) / sizes.length);
    }
    const fits = sizes.map(fitOfPaper);
    const off = sizes.map((d, i) => Math.abs(found[i] - (TRIAL.get(d) ?? found[i])));
    const last = sizes.length - 1;
    return {
      free: Math.max(...off),
      growth: { value: found[last] / sizes[last], baseline: found[0] / sizes[0] },
      words: small.words[2],
      single: { value: small.single[2], baseline: small.words[2] },
      sets: recovered(small),
      truncation: small.rises,
      made: { value: made.single[2], baseline: made.words[2] },
      madeSets: recovered(made),
      fit: found.reduce((sum, n, i) => sum + (n - fits[i]) / sizes.length, 0),
      wordsAt10: small.words[10],
      singleAt10: small.single[10],
      setsAt2: small.sets[2],
      setsAt10: small.sets[10],
      unknown: small.unknown,
      madeWords: made.words[2],
      curves: { 'free vectors': { x: sizes, y: found }, 'the paper’s fit': { x: sizes, y: fits } },
    };
  },
});

function mostFree(d: number, { seed, quick, signal }: StudyContext): Promise<number> {
  return mostFreeDocuments({ d, seed, signal, ...(quick ? { patience: 50 } : {}) });
}

/** The paper's polynomial. */
function fitOfPaper(d: number): number {
  return -10.5322 + 4.0309 * d + 0.052 * d ** 2 + 0.0037 * d ** 3;
}

/** A task in the form of LIMIT-small with real words. */
async function madeTask({ seed, data }: StudyContext): Promise<RetrievalTask> {
  return limitDataset({ seed, attributes: await likedThings(data) });
}

async function likedThings(data: StudyData): Promise<readonly string[]> {
  const lines = await readLabels(new URL('domains.tsv', await data.folder('word-domains')));
  return lines
    .map((line) => line.split('\t'))
    .filter(([, domain]) => LIKED.test(domain))
    .map(([word]) => word[0].toUpperCase() + word.slice(1));
}

type Recalls = Readonly<Record<number, number>>;

interface Retrievers {
  readonly words: Recalls;
  readonly single: Recalls;
  readonly sets: Recalls;
  /** Halvings of the single vectors after which more is found. */
  readonly rises: number;
  readonly unknown: number;
}

/** Recall of words, of single vectors whole and cut, and of sets. */
async function retrievers(
  task: RetrievalTask,
  table: WordTable,
  study: StudyContext,
): Promise<Retrievers> {
  const { documents, queries } = task;
  const random = study.random.fork('unknown words');
  const [held, asked] = [documents, queries].map(({ texts }) => wordSets(texts, table, random));
  const recallOf = (id: string, corpus: Corpus, given: Corpus) =>
    recalls(id, corpus, given, task, study);
  const [means, wanted] = [meansOf(held), meansOf(asked)];
  const turned = await turnedAlike(means, wanted, study);
  const cut: number[] = [];
  for (const d of KEPT) {
    const [a, b] = turned.map((points) => firstColumns(points, d));
    cut.push((await recallOf('exact', { points: a }, { points: b }))[2]);
  }
  return {
    words: await recallOf('bm25', { texts: documents.texts }, { texts: queries.texts }),
    single: await recallOf('exact', { points: means }, { points: wanted }),
    sets: await recallOf('max-sim', held, asked),
    rises: cut.filter((recall, at) => at > 0 && recall > cut[at - 1]).length,
    unknown: held.unknown,
  };
}

async function recalls(
  id: string,
  corpus: Corpus,
  queries: Corpus,
  { judgements }: RetrievalTask,
  { engine, signal }: StudyContext,
): Promise<Recalls> {
  const run = { engine, signal };
  const { index } = await buildIndex(corpus, id, {}, run);
  const cutoffs = [2, 10];
  const { recallAt } = await evaluateSearch(
    { ...index, id },
    queries,
    judgements,
    { cutoffs },
    run,
  );
  return { 2: recallAt[2].value, 10: recallAt[10].value };
}

/** Both under one rotation drawn by the seed, so that it does not matter which columns are cut. */
function turnedAlike(
  a: Matrix<Float32Array>,
  b: Matrix<Float32Array>,
  { random, engine }: StudyContext,
): Promise<readonly Matrix<Float32Array>[]> {
  return Promise.all([a, b].map((points) => turnedWithNoise(points, 0, random, engine)));
}

function firstColumns({ data, rows, cols }: Matrix<Float32Array>, d: number): Matrix<Float32Array> {
  const out = zeros(rows, d);
  for (let i = 0; i < rows; i++) out.data.set(data.subarray(i * cols, i * cols + d), i * d);
  return out;
}

/** The share of what single vectors miss and words find that sets find. */
function recovered({ words, single, sets }: Retrievers): number {
  return (sets[2] - single[2]) / (words[2] - single[2]);
}
