import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { learn } from './learn.ts';

const n = 40;
const random = Random.fromSeed(1);
const points = matrix(
  Float32Array.from({ length: n * 3 }, () => random.normal()),
  n,
  3,
);
const classes = Array.from({ length: n }, (_, i) => `class ${i % 4}`);
const around = Int32Array.from({ length: n }, (_, i) => i);
const edges = { from: around, to: around.map((i) => (i + 4) % n) };

test.each([['graph-classifier'], ['hedged']])(
  'the embeddings of %s are measured while it learns',
  async (id) => {
    const watch = { metrics: ['mean-cosine', 'mean-nearest-angle'], every: 2 };
    const { watched } = await learn(
      id,
      { points, classes, edges },
      { dim: 4, steps: 4 },
      { watch },
    );
    expect(watched.map(({ step }) => step)).toEqual([2, 4]);
    for (const { metrics } of watched) expect(metrics['mean-nearest-angle']).toBeGreaterThan(0);
  },
);
