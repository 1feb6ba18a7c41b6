import { encodeStore } from '../apps/verbs/compress.ts';
import { gathered, type Matrix, toFloat32 } from '../core/matrix.ts';
import { spearman } from '../core/ranks.ts';
import { float, pca, truncation } from '../families/compression/index.ts';
import type { Encoded } from '../families/compression/types.ts';
import * as papers from '../method/bibliography/papers.ts';
import { lessRow, meanRow } from '../numerics/rows/centered.ts';
import { rowDot } from '../numerics/rows/dot.ts';
import {
  aboveBaseline,
  atLeastTimesBaseline,
  atMost,
  between,
  defineStudy,
  notBelowBaseline,
  type StudyContext,
} from './define.ts';
import {
  codedBy,
  describedPackages,
  foundBy,
  intendedRequests,
  JUDGED_TEXTS,
  nearestTo,
  type Searched,
  type Stored,
  sharedOf,
} from './support/coded-retrieval.ts';
import { judgedWords } from './support/judged-words.ts';

/** By how much the coordinates are fewer. */
const FEWER = [2, 4, 8, 16, 32] as const;
/** 3,072 to 110 in the paper. */
const PAPER = 28;
/** What the number of coordinates that is chosen keeps of the score. */
const KEEPS = 0.98;

export default defineStudy({
  paper: papers.pcaRagPrincipalComponentAnalysis,
  methods: ['compression/pca', 'compression/truncation', 'compression/float'],
  claim:
    'Principal components of the stored vectors make an index many times smaller at a moderate loss of what it finds; how many to keep is read from the score.',
  data: [
    ...JUDGED_TEXTS,
    {
      name: 'GloVe, 100 dimensions, with four sets of pairs of words that people judged',
      source: 'dataset:glove, data/word-eval',
      licence: 'PDDL 1.0; the sets by their authors',
    },
  ],
  quickSeeds: 2,
  lines: {
    size: {
      claim:
        'With a fourth of the coordinates a file has a fourth of the bytes, and a tenth more at most for its axes: bytes over a fourth of those of float32',
      holds: between(1, 1.1),
    },
    half: {
      claim: 'Half of the coordinates keep 98 % of nDCG@10: descriptions',
      unit: '%',
      baseline: 'all 512 coordinates',
      holds: atLeastTimesBaseline(KEEPS),
    },
    halfRequests: {
      claim: 'Half of the coordinates keep 98 % of nDCG@10: requests',
      unit: '%',
      baseline: 'all 192 coordinates',
      holds: atLeastTimesBaseline(KEEPS),
    },
    moderate: {
      claim: 'A 28th of the coordinates, as in the paper, keeps nine tenths of nDCG@10',
      unit: '%',
      baseline: 'all 512 coordinates',
      holds: atLeastTimesBaseline(0.9),
    },
    sharp: {
      claim:
        'The score falls slowly, then sharply: from a 16th to a 32nd of the coordinates nDCG@10 loses more than from all to a fourth',
      unit: '%',
      baseline: 'loss from all to a fourth',
      holds: aboveBaseline(),
    },
    random: {
      claim: 'PCA has a higher nDCG@10 than random projection, on average over a half to a 32nd',
      unit: '%',
      baseline: 'random projection',
      holds: aboveBaseline(),
    },
    truncation: {
      claim: 'PCA has a higher nDCG@10 than the first columns, on average over a half to a 32nd',
      unit: '%',
      baseline: 'truncation',
      holds: aboveBaseline(),
    },
    variance: {
      claim:
        'The score says to keep fewer coordinates than the variance does: those that keep 98 % of nDCG@10 have 95 % of the variance or less',
      unit: '%',
      holds: atMost(0.95),
    },
    words: {
      claim:
        'The correlation with people’s judgement falls moderately: with half of the coordinates by 0.05 or less, mean of four sets of word pairs',
      baseline: 'all 100 coordinates',
      holds: notBelowBaseline(0.05),
    },
    measures: {
      claim:
        'Coordinates as they are, not of length 1: of the 10 nearest by cosine less than 95 % are among those by distance',
      unit: '%',
      holds: atMost(0.95),
    },
  },
  readings: {
    all: { title: 'nDCG@10 of descriptions in all coordinates', unit: '%' },
    quarter: { title: 'nDCG@10 of descriptions in a fourth of the coordinates', unit: '%' },
    centred: { title: 'The same, by cosines about the mean in place of the origin', unit: '%' },
    kept: {
      title: 'Kept of the 10 nearest descriptions in a fourth of the coordinates',
      unit: '%',
    },
    explained: { title: 'Share of the variance in a fourth of the coordinates', unit: '%' },
    chosen: { title: 'Coordinates of 512 that keep 98 % of nDCG@10, of those tried' },
    wordsQuarter: { title: 'Correlation with people’s judgement in a fourth of 100 coordinates' },
  },
  curves: {
    title: 'Descriptions: nDCG@10 against the coordinates that are kept',
    x: 'coordinates kept',
    y: 'nDCG@10',
    logX: true,
  },
  deviations: [
    'Descriptions of packages, requests and words in place of financial news with people’s scores, 512, 192 and 100 dimensions in place of 3,072.',
    'Judgements are shared topics and intents; people judged the pairs of words only.',
    'What “moderate” means is ours: nine tenths of the score. The full text of the paper was not read.',
    'The time of a query is not measured here: products with k coordinates take k/d of the multiplications.',
    'Products are those of x̂ = μ + y·V with the query, so that cosines stay about the origin; the reading about the mean is what cosines of the paper’s coordinates are.',
  ],
  async run(study) {
    const { quick, tick } = study;
    const size = quick ? { documents: 500, queries: 40 } : { documents: 8000, queries: 500 };
    const packages = await describedPackages(study, size);
    const d = packages.documents.cols;
    const all = await foundBy(packages, packages, study);
    const dims = FEWER.map((times) => d / times);
    const components: Stored[] = [];
    const others: { readonly random: number; readonly first: number }[] = [];
    for (const [at, own] of dims.entries()) {
      components.push(await codedBy(packages, pca, { dims: own }, study));
      const random = { type: 'f4', dims: own, axes: 'random', seed: study.seed } as const;
      others.push({
        random: (await codedBy(packages, float, random, study)).found.gain,
        first: (await codedBy(packages, truncation, { dims: own }, study)).found.gain,
      });
      await tick((at + 1) / 8);
    }
    const gains = components.map(({ found }) => found.gain);
    const [, quarter] = components;
    const paper = await codedBy(packages, pca, { dims: Math.round(d / PAPER) }, study);
    const plain = await float(packages.documents, { type: 'f4' }, { engine: study.engine });
    const requests = await intendedRequests(study, size);
    const requestsHalf = { dims: requests.documents.cols / 2 };
    const asked = await codedBy(requests, pca, requestsHalf, study);
    await tick(0.8);
    const chosen = chosenOf(components, KEEPS * all.gain);
    const words = await correlations(study);
    return {
      size: (4 * (await bytesOf(quarter.encoded))) / (await bytesOf(plain)),
      half: { value: gains[0], baseline: all.gain },
      halfRequests: {
        value: asked.found.gain,
        baseline: (await foundBy(requests, requests, study)).gain,
      },
      moderate: { value: paper.found.gain, baseline: all.gain },
      sharp: { value: gains[3] - gains[4], baseline: all.gain - gains[1] },
      random: { value: mean(gains), baseline: mean(others.map(({ random }) => random)) },
      truncation: { value: mean(gains), baseline: mean(others.map(({ first }) => first)) },
      variance: chosen ? shareOf(chosen) : 1,
      words: { value: words.half, baseline: words.all },
      measures: await agreement(packages, quarter, study),
      all: all.gain,
      quarter: quarter.found.gain,
      centred: await gainAboutMean(packages, quarter, study),
      kept: quarter.found.kept,
      explained: shareOf(quarter),
      chosen: chosen ? chosen.bytes / 4 : d,
      wordsQuarter: words.quarter,
      curves: {
        PCA: { x: [d, ...dims], y: [all.gain, ...gains] },
        'random projection': { x: [d, ...dims], y: [all.gain, ...others.map((o) => o.random)] },
        'first columns': { x: [d, ...dims], y: [all.gain, ...others.map((o) => o.first)] },
      },
    };
  },
});

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/** Bytes of the file that a store is. */
async function bytesOf(encoded: Encoded): Promise<number> {
  return (await encodeStore(encoded)).reduce((sum, piece) => sum + piece.length, 0);
}

const shareOf = ({ encoded }: Stored): number => encoded.facts['squaresKept'];

/** The fewest coordinates that have the score; undefined where only all have it. */
function chosenOf(components: readonly Stored[], score: number): Stored | undefined {
  return components.findLast(({ found }) => found.gain >= score);
}

/** nDCG@10 by cosines of x − μ. */
async function gainAboutMean(
  packages: Searched,
  { vectors }: Stored,
  study: StudyContext,
): Promise<number> {
  const about = aboutMean(packages);
  const documents = about(vectors.documents);
  return (await foundBy(packages, { documents, queries: about(packages.queries) }, study)).gain;
}

function aboutMean({ documents }: Searched): (rows: Matrix) => Matrix<Float32Array> {
  const middle = meanRow(documents);
  return (rows) => toFloat32(lessRow(rows, middle));
}

/** Share of the ten nearest by cosine of the coordinates that are among the ten nearest by distance. */
async function agreement(
  packages: Searched,
  { bothCoded }: Stored,
  study: StudyContext,
): Promise<number> {
  const about = aboutMean(packages);
  const [documents, queries] = [about(bothCoded.documents), about(bothCoded.queries)];
  const byCosine = await nearestTo({ documents, queries }, 10, study);
  const byDistance = await study.engine.nearestAmong(queries, documents, 10);
  return sharedOf(byCosine, byDistance.indices, 10);
}

/** Mean correlation over the sets of pairs, with axes fitted to words drawn from all. */
async function correlations({ quick, random, engine, signal }: StudyContext) {
  const { all, points, sets } = await judgedWords();
  const drawn = random
    .fork('words')
    .sample(all.rows)
    .subarray(0, quick ? 500 : 8000);
  const words = toFloat32(points);
  const of = (rows: Matrix) =>
    mean(
      sets.map(({ pairs, scores }) =>
        spearman(
          pairs.map(([i, j]) => cosine(rows, i, j)),
          scores,
        ),
      ),
    );
  const reduced = async (dims: number) => {
    const { model } = await pca(gathered(all, drawn), { dims }, { engine, signal });
    const ready = await pca.ready(model);
    return of(await ready.decode(await ready.encode(words)));
  };
  return { all: of(words), half: await reduced(50), quarter: await reduced(25) };
}

const cosine = (rows: Matrix, i: number, j: number) =>
  rowDot(rows, i, rows, j) / Math.sqrt(rowDot(rows, i, rows, i) * rowDot(rows, j, rows, j));
