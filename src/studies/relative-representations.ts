import { gathered, type Matrix, matrix } from '../core/matrix.ts';
import type { Random } from '../core/random.ts';
import { relative } from '../families/alignment/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { qr } from '../numerics/decompositions/index.ts';
import { unitOrZeroRows } from '../numerics/rows/unit-rows.ts';
import { meanReciprocalRank, partnerRanks } from '../structures/retrieval/partner-ranks.ts';
import {
  aboveBaseline,
  atLeast,
  atMost,
  defineStudy,
  notBelowBaseline,
  type StudyContext,
} from './define.ts';
import { loadImages } from './support/images.ts';
import { firstImages, stitchedAccuracy, trainedNetwork } from './support/stitched.ts';
import { wordSpaces } from './support/word-spaces.ts';

const FULL = {
  words: { words: 3000, contexts: 1000, dim: 100 },
  anchors: 300,
  counts: [10, 30, 100, 300, 1000],
  images: 1500,
  network: { hidden: 128, dim: 64, anchors: 100, steps: 300, batch: 128 },
};
const QUICK = {
  words: { words: 500, contexts: 150, dim: 100, few: true },
  anchors: 100,
  counts: [10, 100],
  images: 200,
  network: { hidden: 24, dim: 16, anchors: 20, steps: 30, batch: 64 },
};
const NEAR = 10;

export default defineStudy({
  paper: papers.relativeRepresentations,
  methods: ['alignment/relative'],
  claim:
    'Cosines with anchors are nearly the same in spaces that were trained apart: rows can be compared across them, and heads swapped between networks, without training.',
  data: [
    {
      name: 'GloVe 6B, 100 dimensions, of 3,000 words',
      source: 'data/glove-slice',
      licence: 'PDDL 1.0',
    },
    {
      name: 'The same words from co-occurrences in 0.85 million words of addresses, requests, package descriptions, news and Genesis',
      source:
        'study-data: state-of-the-union, inaugural-addresses, clinc150, package-descriptions, ntrex, genesis-verses',
      licence: 'see the SOURCE.md of each',
    },
    {
      name: 'MNIST, 1,500 images to learn from and 500 to judge by',
      source: 'study-data/mnist',
      licence: 'see its SOURCE.md',
    },
  ],
  lines: {
    turnedRank: {
      claim: 'A space that was turned and stretched is found again: mean reciprocal rank 0.999',
      baseline: 'absolute rows',
      holds: atLeast(0.999),
    },
    turnedNeighbors: {
      claim: 'Its ten nearest rows across the spaces are those within: Jaccard index 0.999',
      baseline: 'absolute rows',
      holds: atLeast(0.999),
    },
    rank: {
      claim: 'Across two corpora the mean reciprocal rank rises by 0.1 or more',
      baseline: 'absolute rows',
      holds: aboveBaseline(0.1),
    },
    neighbors: {
      claim: 'Across two corpora the Jaccard index of ten neighbours rises by 0.05 or more',
      baseline: 'absolute rows',
      holds: aboveBaseline(0.05),
    },
    anchors: {
      claim: 'Three hundred anchors find more than thirty',
      baseline: 'thirty anchors (ten in the quick form), mean reciprocal rank',
      holds: aboveBaseline(),
    },
    stitched: {
      claim:
        'With relative features another network’s head is at most 2 points less accurate than the own',
      unit: '%',
      baseline: 'own heads on relative features',
      holds: notBelowBaseline(0.02),
    },
    apart: {
      claim: 'With absolute features it falls to near chance, 10 %: at most 25 %',
      unit: '%',
      holds: atMost(0.25),
    },
    cost: {
      claim: 'Relative features cost the network at most 2 points of accuracy',
      unit: '%',
      baseline: 'own heads on absolute features',
      holds: notBelowBaseline(0.02),
    },
  },
  readings: {
    origin: { title: 'Mean reciprocal rank across two corpora, cosines about the origin' },
    farthest: { title: 'Mean reciprocal rank across two corpora, anchors by k-center' },
    clusters: { title: 'Mean reciprocal rank across two corpora, anchors near clusters' },
  },
  curves: {
    title: 'Partners across two corpora, by the number of anchors',
    x: 'anchors',
    y: 'mean reciprocal rank',
    logX: true,
  },
  deviations: [
    'Word vectors of two corpora of one kind each; the paper has FastText and Word2Vec.',
    'Cosines of words are about the mean of the anchors; about the origin, as in the paper, they are a reading.',
    'Two networks a repeat, perceptrons on a slice of MNIST, in place of autoencoders and graph networks.',
    'The rules for words were written before the full run, but after one split of these words had been looked at.',
  ],
  async run(study) {
    const { quick, random, engine, data, tick } = study;
    const size = quick ? QUICK : FULL;
    const { glove, counted } = await wordSpaces(data, size.words, engine);
    const turned = await turnedAndStretched(glove, random.fork('turn'), study);
    const across = (b: Matrix, anchors: number, options = {}) =>
      relativeAcross(study, { a: glove, b }, { anchors, ...options });
    const ofTurned = await across(turned, size.anchors);
    const bare = await likenessAcross(study, glove, turned);
    await tick(0.2);
    const ofWords = await across(counted, size.anchors);
    const bareWords = await likenessAcross(study, glove, counted);
    await tick(0.4);
    const sweep: number[] = [];
    for (const anchors of size.counts) sweep.push((await across(counted, anchors)).rank);
    const option = async (options: object) => (await across(counted, size.anchors, options)).rank;
    await tick(0.6);
    const networks = await stitching(study);
    return {
      turnedRank: { value: ofTurned.rank, baseline: bare.rank },
      turnedNeighbors: { value: ofTurned.neighbors, baseline: bare.neighbors },
      rank: { value: ofWords.rank, baseline: bareWords.rank },
      neighbors: { value: ofWords.neighbors, baseline: bareWords.neighbors },
      anchors: { value: ofWords.rank, baseline: sweep[quick ? 0 : 1] },
      stitched: { value: networks.relative.swapped, baseline: networks.relative.own },
      apart: networks.absolute.swapped,
      cost: { value: networks.relative.own, baseline: networks.absolute.own },
      origin: await option({ centered: false }),
      farthest: await option({ choose: 'k-center' }),
      clusters: await option({ choose: 'clusters' }),
      curves: { 'random anchors': { x: size.counts, y: sweep } },
    };
  },
});

interface Likeness {
  /** Mean reciprocal rank of a row's partner among all rows of the other space. */
  readonly rank: number;
  /** Mean Jaccard index of a row's nearest rows within its space and in the other. */
  readonly neighbors: number;
}

async function relativeAcross(
  study: StudyContext,
  { a, b }: { readonly a: Matrix; readonly b: Matrix },
  options: object,
): Promise<Likeness> {
  const { engine, signal, seed } = study;
  const { model } = await relative({ a, b }, { seed, ...options }, { engine, signal });
  const [x, y] = [
    await relative.transform(model, a, 'a', { engine }),
    await relative.transform(model, b, 'b', { engine }),
  ];
  return likenessAcross(study, x, y);
}

async function likenessAcross(
  { engine, signal }: StudyContext,
  a: Matrix,
  b: Matrix,
): Promise<Likeness> {
  const n = a.rows;
  const own = Int32Array.from({ length: n }, (_, row) => row);
  const work = { signal };
  const rank = meanReciprocalRank(await partnerRanks(a, b, own, { engine, work }));
  const [x, y] = [unitOrZeroRows(a).points, unitOrZeroRows(b).points];
  const within = (await engine.nearestAmong(x, x, NEAR, work)).indices;
  const between = (await engine.nearestAmong(x, y, NEAR, work)).indices;
  let shared = 0;
  for (let i = 0; i < n; i++) {
    const near = new Set(within.subarray(i * NEAR, (i + 1) * NEAR));
    const both = between.subarray(i * NEAR, (i + 1) * NEAR).filter((row) => near.has(row)).length;
    shared += both / (2 * NEAR - both) / n;
  }
  return { rank, neighbors: shared };
}

/** The rows times three times a random rotation. */
async function turnedAndStretched(
  { data, rows: n, cols: d }: Matrix,
  random: Random,
  { engine }: StudyContext,
): Promise<Matrix> {
  const normal = Float64Array.from({ length: d * d }, () => random.normal());
  const { q } = qr(matrix(normal, d, d));
  const turn = matrix(
    Float32Array.from(q.data, (x) => 3 * x),
    d,
    d,
  );
  return engine.matmul(matrix(Float32Array.from(data), n, d), turn);
}

/** Accuracy of two networks with their own heads and with one another's. */
async function stitching(study: StudyContext) {
  const { quick, seed, random } = study;
  const size = quick ? QUICK : FULL;
  const { train, test } = await loadImages(study, 'mnist');
  const known = firstImages(train, size.images);
  const anchors = gathered(
    known.images,
    random.fork('anchors').sample(known.images.rows, size.network.anchors),
  );
  const of = async (by: Matrix | undefined) => {
    const first = await trainedNetwork(study, known, by, 2 * seed, size.network);
    const second = await trainedNetwork(study, known, by, 2 * seed + 1, size.network);
    const accuracy = (encoder: typeof first, head: typeof first) =>
      stitchedAccuracy(encoder, head, test, study);
    return {
      own: ((await accuracy(first, first)) + (await accuracy(second, second))) / 2,
      swapped: ((await accuracy(first, second)) + (await accuracy(second, first))) / 2,
    };
  };
  return { relative: await of(anchors), absolute: await of(undefined) };
}
