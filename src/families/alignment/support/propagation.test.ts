import { expect, test } from 'vitest';
import { zeros64 } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { type SparseEntry, sparseMatrix } from '../../../core/sparse.ts';
import { linearSystem } from '../../../numerics/solvers/linear-system.ts';
import { propagateLabels } from './propagation.ts';
import {
  graphSimilarity,
  hypergraphSimilarity,
  type Similarity,
  weightedSimilarity,
} from './similarities.ts';

const identity = (n: number) => {
  const out = zeros64(n, n);
  for (let i = 0; i < n; i++) out.data[i * n + i] = 1;
  return out;
};

/** The similarity as a matrix. */
const dense = (similarity: Similarity) => similarity.times(identity(similarity.n));

const pair = graphSimilarity(sparseMatrix(2, 2, [{ row: 0, column: 1 }]));

test('of two that are joined, each gets α of the other’s score: (1 − α)/(1 − α²)·[1, α]', async () => {
  const alpha = 0.4;
  const { scores } = await propagateLabels(pair, [0, -1], { alpha, rounds: 1 });
  expect(scores.data[0]).toBeCloseTo((1 - alpha) / (1 - alpha ** 2), 10);
  expect(scores.data[1]).toBeCloseTo(((1 - alpha) * alpha) / (1 - alpha ** 2), 10);
});

test('rounds are powers of the solution of the linear system', async () => {
  const n = 9;
  const random = Random.fromSeed(2);
  const entries: SparseEntry[] = [];
  for (let row = 0; row < n; row++)
    for (let column = 0; column < n; column++)
      if (random.uniform() < 0.5) entries.push({ row, column, value: random.uniform() });
  const similarity = graphSimilarity(sparseMatrix(n, n, entries));
  const w = dense(similarity).data;
  const degrees = Array.from({ length: n }, (_, i) =>
    w.subarray(i * n, (i + 1) * n).reduce((sum, value) => sum + value, 0),
  );
  const alpha = 0.3;
  const columns = Array.from({ length: n }, (_, j) =>
    Float64Array.from(
      { length: n },
      (_, i) => (i === j ? 1 : 0) - (alpha * w[i * n + j]) / Math.sqrt(degrees[i] * degrees[j]),
    ),
  );
  const labels = [0, 1, -1, -1, -1, -1, -1, -1, 1];
  const { scores } = await propagateLabels(similarity, labels, { alpha, rounds: 3 });
  for (const c of [0, 1]) {
    let expected = Float64Array.from(labels, (label) => (label === c ? 1 : 0));
    for (let round = 0; round < 3; round++)
      expected = (linearSystem(columns)?.solution(expected) ?? expected).map(
        (value) => (1 - alpha) * value,
      );
    for (let i = 0; i < n; i++) expect(scores.data[2 * i + c]).toBeCloseTo(expected[i], 10);
  }
});

test('without steps labels stay where they are, and what is joined to none has none, in a sentence', async () => {
  const alone = graphSimilarity(
    sparseMatrix(4, 4, [
      { row: 0, column: 1 },
      { row: 2, column: 3 },
    ]),
  );
  expect(Array.from((await propagateLabels(alone, [1, -1, -1, -1], { alpha: 0 })).labels)).toEqual([
    1, -1, -1, -1,
  ]);
  const { labels, warnings } = await propagateLabels(alone, [1, -1, -1, -1]);
  expect(Array.from(labels)).toEqual([1, 1, -1, -1]);
  expect(warnings).toEqual([
    '2 of 4 are joined to no label by the similarity: they have none (−1).',
  ]);
});

test('hyperedges: 1 on the diagonal, 0 without a common edge, and the mean weight counts', () => {
  const edges = sparseMatrix(2, 4, [
    { row: 0, column: 0, value: 1 },
    { row: 0, column: 1, value: 0.5 },
    { row: 1, column: 1, value: 0.5 },
    { row: 1, column: 2, value: 0.5 },
  ]);
  const { data } = dense(hypergraphSimilarity(edges));
  expect([data[0], data[5], data[10]].map((x) => Number(x.toFixed(12)))).toEqual([1, 1, 1]);
  expect([data[2], data[15]]).toEqual([0, 0]);
  // δ = 0.75 and 0.5: Σ δh² of thing 1 is 0.3125, of thing 0 0.75.
  expect(data[1]).toBeCloseTo((0.75 * 1 * 0.5) / Math.sqrt(0.75 * 0.3125), 12);
  expect(data[4]).toBeCloseTo(data[1], 12);
});

test('a weighted sum of similarities is one', () => {
  const doubled = weightedSimilarity([
    { similarity: pair, weight: 2 },
    { similarity: pair, weight: 1 },
  ]);
  expect(Array.from(dense(doubled).data)).toEqual([0, 1.5, 1.5, 0]);
});

test('what cannot be is refused in a sentence', async () => {
  const given: [ArrayLike<number>, object, string][] = [
    [[0], {}, 'expected 2 labels, −1 where none is known; got 1.'],
    [[0, 2], { classes: 2 }, 'label 1 is 2; expected −1 or a class below 2.'],
    [[-1, -1], {}, 'no label is known'],
    [[0, -1], { alpha: 1 }, 'expected alpha from 0 to below 1; got 1.'],
    [[0, -1], { rounds: 0 }, 'expected 1 round or more'],
  ];
  for (const [labels, options, sentence] of given)
    await expect(propagateLabels(pair, labels, options)).rejects.toThrow(sentence);
  const signal = AbortSignal.abort();
  await expect(propagateLabels(pair, [0, -1], {}, { signal })).rejects.toThrow('stopped');
  expect(() => graphSimilarity(sparseMatrix(1, 2, []))).toThrow('expected n × n; got 1 × 2.');
  const negative = sparseMatrix(1, 1, [{ row: 0, column: 0, value: -1 }]);
  expect(() => hypergraphSimilarity(negative)).toThrow('value 0 is -1');
  expect(() => weightedSimilarity([])).toThrow('got none');
});
