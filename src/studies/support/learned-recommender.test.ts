import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import type { StudyContext } from '../define.ts';
import { byLearnedIds, byLearnedMap } from './learned-recommender.ts';

const study = {
  seed: 1,
  random: Random.fromSeed(1),
  engine: referenceEngine,
  signal: undefined,
} as StudyContext;
const sizes = { dim: 4, steps: 60, batch: 8, learningRate: 0.05 };
/** Even items go together, and odd ones; 6 and 7 are in no list. */
const seen = [0, 1, 0, 1].map((first) => Int32Array.of(first, first + 2, first + 4));

test('learned ids put the items of one kind together', async () => {
  const recommend = await byLearnedIds(seen, 8, study, sizes);
  const scores = recommend(Int32Array.of(0, 2));
  expect(scores[4]).toBeGreaterThan(Math.max(scores[1], scores[3], scores[5]));
});

test('a learned map does so for items that no list has', async () => {
  // The first column tells the kind, the others are as large and tell nothing.
  const rows = Array.from({ length: 8 }, (_, i) => [
    i % 2 === 0 ? 1 : -1,
    ...[1, 2, 4].map((bit) => ((i >> 1) & bit ? 1 : -1)),
  ]);
  const recommend = await byLearnedMap(
    matrix(Float32Array.from(rows.flat()), 8, 4),
    seen,
    study,
    sizes,
  );
  const scores = recommend(Int32Array.of(0, 2));
  expect(scores[6]).toBeGreaterThan(scores[7]);
});
