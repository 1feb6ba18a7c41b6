import { gathered, type Matrix, toFloat32 } from '../core/matrix.ts';
import { largevis, pca, umap } from '../families/reduction/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import {
  aboveBaseline,
  defineStudy,
  nearBaseline,
  notAboveBaseline,
  notBelowBaseline,
  type StudyContext,
} from './define.ts';
import { pooledImages } from './support/classified.ts';
import { loadImages } from './support/images.ts';
import { loadRequests } from './support/requests.ts';

/** Nearest rows that vote on a row's class. */
const VOTERS = 5;
const GAMMAS = [3, 7, 15] as const;
const SIZES = [1000, 2000, 4000] as const;
const QUICK_SIZES = [150, 300] as const;

export default defineStudy({
  paper: papers.largevis,
  methods: ['reduction/largevis', 'reduction/umap', 'reduction/pca'],
  claim:
    'Edges drawn from a neighbour graph give maps in which a nearest-neighbour classifier does as well as in the best, at work that grows with the number of rows, with the same settings everywhere.',
  data: [
    {
      name: 'MNIST: 1,000 of 2,000 digits to fit and 400 others to place, drawn by seed',
      source: 'study-data/mnist',
      licence: 'CC BY-SA 3.0',
    },
    {
      name: 'CLINC150: up to 4,000 requests of 150 intents, drawn by seed, as frozen sentence vectors',
      source: 'study-data/clinc150',
      licence: 'CC BY 3.0',
    },
  ],
  lines: {
    components: {
      claim: 'In two columns, digits are told apart at least 20 points better than by PCA',
      unit: '%',
      baseline: 'PCA to two columns',
      holds: aboveBaseline(0.2),
    },
    peer: {
      claim: 'Digits are told apart as well as in a map by UMAP, to 2 points',
      unit: '%',
      baseline: 'UMAP with its usual settings',
      holds: notBelowBaseline(0.02),
    },
    weak: {
      claim: 'With γ = 3 in place of 7 the accuracy changes by less than a point',
      unit: '%',
      baseline: 'γ = 7',
      holds: nearBaseline(0.01),
    },
    strong: {
      claim: 'With γ = 15 in place of 7 the accuracy changes by less than a point',
      unit: '%',
      baseline: 'γ = 7',
      holds: nearBaseline(0.01),
    },
    growth: {
      claim:
        'With the same number of edges for each row, four times as many rows cost the map no more accuracy: its loss beside the space grows by less than a point',
      unit: '%',
      baseline: 'the loss at a quarter of the rows',
      holds: notAboveBaseline(0.01),
    },
    placed: {
      claim:
        'Digits that were not fitted are told apart as well as fitted ones when they are placed, to 3 points',
      unit: '%',
      baseline: 'the fitted digits',
      holds: notBelowBaseline(0.03),
    },
  },
  readings: {
    space: { title: 'Accuracy among all 784 columns', unit: '%' },
    requests: { title: 'Accuracy of the largest map of requests', unit: '%' },
    requestSpace: { title: 'Accuracy among the 192 columns of as many requests', unit: '%' },
  },
  curves: {
    title: 'Accuracy of the map of requests, and of their vectors',
    x: 'rows',
    y: 'accuracy',
    logX: true,
  },
  deviations: [
    'The neighbour graph of so few rows is exact: how much of it a search by trees and neighbours of neighbours finds is not the question here.',
    'Thousands of rows in place of millions, 5,000 edges for each; the classifier is the vote of 5 nearest rows, each row left out in turn.',
    'No clock is read: work is a fixed number of edges for each row, and growth is judged by what that buys.',
    'The network of collaborations that the authors’ code comes with has no rows, and is left out.',
  ],
  async run(study) {
    const { quick, tick } = study;
    const { points, classes, others, otherClasses } = await digits(study);
    const accuracy = (map: Matrix) => voted(study, map, classes, map, classes);
    const context = { engine: study.engine, signal: study.signal };
    const settings = { seed: study.seed, ...(quick ? { samples: 2000 } : {}) };
    const byGamma: number[] = [];
    let placed = 0;
    for (const gamma of GAMMAS) {
      const { points: map, model } = await largevis(points, { ...settings, gamma }, context);
      byGamma.push(await accuracy(map));
      if (gamma === 7) {
        const seen = await largevis.transform(model, others, context);
        placed = await voted(study, seen, otherClasses, map, classes);
      }
      await tick(0.1 * byGamma.length);
    }
    const [weak, usual, strong] = byGamma;
    const flat = await accuracy((await pca(points, {}, context)).points);
    const epochs = quick ? 50 : 0;
    const peer = await accuracy((await umap(points, { seed: study.seed, epochs }, context)).points);
    await tick(0.4);
    const grown = await growth(study, settings);
    const first = grown.space.y[0] - grown.map.y[0];
    const last = (grown.space.y.at(-1) ?? 0) - (grown.map.y.at(-1) ?? 0);
    return {
      components: { value: usual, baseline: flat },
      peer: { value: usual, baseline: peer },
      weak: { value: weak, baseline: usual },
      strong: { value: strong, baseline: usual },
      growth: { value: last, baseline: first },
      placed: { value: placed, baseline: usual },
      space: await accuracy(points),
      requests: grown.map.y.at(-1) ?? 0,
      requestSpace: grown.space.y.at(-1) ?? 0,
      curves: { LargeVis: grown.map, 'all columns': grown.space },
    };
  },
});

/** Digits to fit, and others to place, by seed. */
async function digits(study: StudyContext) {
  const { points: images, classes } = pooledImages(await loadImages(study, 'mnist'), 2000);
  const points = images as Matrix;
  const order = study.random.fork('digits').sample(points.rows);
  const [fitted, rest] = study.quick
    ? [order.subarray(0, 150), order.subarray(150, 200)]
    : [order.subarray(0, 1000), order.subarray(1000, 1400)];
  const labelsOf = (rows: Int32Array) => Array.from(rows, (i) => (classes ?? [])[i]);
  return {
    points: gathered(points, fitted),
    classes: labelsOf(fitted),
    others: gathered(points, rest),
    otherClasses: labelsOf(rest),
  };
}

/** Accuracy of maps of more and more requests, and of their vectors. */
async function growth(study: StudyContext, settings: { seed: number; samples?: number }) {
  const { engine, signal, tick, quick } = study;
  const { inScope } = await loadRequests(study.data);
  const { vectors, labels } = inScope.train;
  const order = study.random.fork('requests').sample(vectors.rows);
  const sizes = quick ? QUICK_SIZES : SIZES;
  const map: number[] = [];
  const space: number[] = [];
  for (const n of sizes) {
    const picked = order.subarray(0, n);
    const points = gathered(vectors, picked);
    const own = Array.from(picked, (i) => labels[i]);
    const { points: flat } = await largevis(points, settings, { engine, signal });
    map.push(await voted(study, flat, own, flat, own));
    space.push(await voted(study, points, own, points, own));
    await tick(0.4 + (0.6 * map.length) / sizes.length);
  }
  return { map: { x: [...sizes], y: map }, space: { x: [...sizes], y: space } };
}

/** Share of the rows whose class is that of most of their nearest others of a set; of a tie, the nearest's. */
async function voted(
  { engine }: StudyContext,
  rows: Matrix,
  classes: readonly (string | number)[],
  among: Matrix,
  known: readonly (string | number)[],
): Promise<number> {
  const [asked, set] = [toFloat32(rows), toFloat32(among)];
  const { indices, k } =
    rows === among
      ? await engine.nearest(set, VOTERS)
      : await engine.nearestAmong(asked, set, VOTERS);
  let right = 0;
  for (let i = 0; i < asked.rows; i++) {
    const votes = Array.from(indices.subarray(i * k, (i + 1) * k), (j) => known[j]);
    const counts = votes.map((vote) => votes.filter((other) => other === vote).length);
    if (votes[counts.indexOf(Math.max(...counts))] === classes[i]) right += 1;
  }
  return right / asked.rows;
}
