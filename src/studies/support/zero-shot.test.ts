import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import {
  bestOf,
  byKnownMeans,
  commonViews,
  cosines,
  kernelFeatures,
  meanClassAccuracy,
  selfTrained,
  spread,
} from './zero-shot.ts';

const context = { engine: referenceEngine, signal: undefined, seed: 1 };
const table = (numbers: number[], rows: number, cols: number) =>
  matrix(Float32Array.from(numbers), rows, cols);

test('prototypes move to the mean of the rows nearest by direction', async () => {
  const rows = table([2, 0, 4, 0.1, 0, 3, 0, 5], 4, 2);
  const { prototypes } = await selfTrained(
    { rows, prototypes: table([1, 0.5, 0.5, 1], 2, 2) },
    2,
    context,
  );
  const expected = [3, 0.05, 0, 4];
  prototypes.data.forEach((x, e) => {
    expect(x).toBeCloseTo(expected[e], 6);
  });
});

test('a kernel feature is 1 at its anchor, and falls with the angle', async () => {
  const anchors = table([1, 0, 0, 1], 2, 2);
  const { data } = await kernelFeatures(table([5, 0, 1, 1], 2, 2), anchors, context);
  // The mean squared distance of the anchors, each with itself too, is 1.
  [1, Math.exp(-2), Math.exp(Math.SQRT2 - 2), Math.exp(Math.SQRT2 - 2)].forEach((x, e) => {
    expect(data[e]).toBeCloseTo(x, 6);
  });
});

test('accuracy is the mean over classes, of the rows asked about', () => {
  const labels = Int32Array.from([0, 0, 0, 1]);
  const found = Int32Array.from([0, 0, 1, 1]);
  expect(meanClassAccuracy(found, labels)).toBeCloseTo((2 / 3 + 1) / 2, 12);
  expect(meanClassAccuracy(found, labels, (row) => row > 1)).toBe(0.5);
});

/** Three classes, planted in features and in two views, with the true prototypes. */
function planted() {
  const random = Random.fromSeed(3);
  const centers = Array.from({ length: 3 }, () => Array.from({ length: 6 }, () => random.normal()));
  const labels = Int32Array.from({ length: 60 }, (_, i) => i % 3);
  const view = (noise: number) => ({
    rows: table(
      Array.from(labels).flatMap((c) => centers[c].map((x) => x + noise * random.normal())),
      60,
      6,
    ),
    prototypes: table(centers.flat(), 3, 6),
  });
  return { features: view(0.2).rows, semantic: [view(0.5), view(0.7)], labels };
}

test('planted classes are found at every step', async () => {
  const { features, semantic, labels } = planted();
  const moved = await Promise.all(semantic.map((view) => selfTrained(view, 16, context)));
  const common = await commonViews(features, moved, 4, context);
  expect(common).toHaveLength(3);
  const nearest = bestOf(await Promise.all(common.map((view) => cosines(view, context))));
  expect(meanClassAccuracy(nearest, labels)).toBeGreaterThan(0.95);
  for (const hyperedges of [false, true]) {
    const options = { k: 5, ofPrototypes: 9, weights: [1, 1.5, 1], hyperedges };
    const found = await spread(common, options, context);
    expect(meanClassAccuracy(found, labels)).toBeGreaterThan(0.95);
  }
  const known = new Map([0, 1, 2].map((i) => [i, i]));
  const means = await byKnownMeans(features, known, 3, context);
  expect(meanClassAccuracy(means, labels)).toBeGreaterThan(0.95);
});
