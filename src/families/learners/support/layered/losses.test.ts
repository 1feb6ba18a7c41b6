import { describe, expect, test } from 'vitest';
import { normalizeRows } from '../../../../learning/index.ts';
import { expectGradient, known, numbersOf } from '../../../../testing/operation-checks.ts';
import { columnDivergence, cosentLoss, inBatchLoss } from './losses.ts';

const like = new Float64Array(1);

describe('in-batch negatives', () => {
  test('cost −log of the share of the own partner', async () => {
    const [a, b] = [known([1, 0, 0, 1], [2, 2]), known([1, 0, 0.6, 0.8], [2, 2])];
    const share = (own: number, other: number) =>
      -Math.log(1 / (1 + Math.exp((other - own) / 0.5)));
    const [loss] = await numbersOf(inBatchLoss(a, b, 0.5));
    expect(loss).toBeCloseTo((share(1, 0.6) + share(0.8, 0)) / 2, 12);
  });

  test('cost log n where all rows are one', async () => {
    const rows = known([1, 0, 1, 0, 1, 0], [3, 2]);
    expect(await numbersOf(inBatchLoss(rows, rows, 0.1))).toEqual([
      expect.closeTo(Math.log(3), 12),
    ]);
  });
});

describe('CoSENT', () => {
  const [a, b] = [known([1, 0, 1, 0, 1, 0], [3, 2]), known([0, 1, 0.6, 0.8, 1, 0], [3, 2])];

  test('sums over the pairs that are scored in another order', async () => {
    // Cosines 0, 0.6, 1; the first is scored above both others, which are scored alike.
    const [loss] = await numbersOf(cosentLoss(a, b, [2, 1, 1], 0.5, like));
    expect(loss).toBeCloseTo(Math.log(1 + Math.exp(1.2) + Math.exp(2)), 12);
  });

  test('is 0 where all scores are equal, with a gradient that is 0', async () => {
    expect(await numbersOf(cosentLoss(a, b, [1, 1, 1], 0.5, like))).toEqual([0]);
  });

  test('does not see what is added to scores, or multiplied into them', async () => {
    const loss = (scores: number[]) => numbersOf(cosentLoss(a, b, scores, 0.5, like));
    expect(await loss([0, 20, 10])).toEqual(await loss([3, 5, 4]));
  });

  test('has the gradient of its value', async () => {
    const scores = [1, 3, 2, 2];
    await expectGradient(
      (x, y) => cosentLoss(normalizeRows(x), normalizeRows(y), scores, 0.5, like),
      [
        [4, 3],
        [4, 3],
      ],
    );
  });

  test('needs a score for each pair', () => {
    expect(() => cosentLoss(a, b, [1, 2], 0.5, like)).toThrow(
      'cosentLoss: expected 3 scores, one a pair; got 2.',
    );
  });
});

describe('the divergence of columns', () => {
  test('is Kullback and Leibler’s of the softmax of rows', async () => {
    const [wanted, own] = [known([Math.log(3), 0], [1, 2]), known([0, 0], [1, 2])];
    const [divergence] = await numbersOf(columnDivergence(wanted, own));
    expect(divergence).toBeCloseTo(0.75 * Math.log(1.5) + 0.25 * Math.log(0.5), 12);
  });

  test('is 0 for rows that differ by a constant', async () => {
    const [x, y] = [known([1, 2, 3, 4], [2, 2]), known([6, 7, 0, 1], [2, 2])];
    expect(await numbersOf(columnDivergence(x, y))).toEqual([expect.closeTo(0, 14)]);
  });

  test('has the gradient of its value on both sides', async () => {
    await expectGradient(columnDivergence, [
      [3, 4],
      [3, 4],
    ]);
  });
});
