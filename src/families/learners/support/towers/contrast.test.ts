import { expect, test } from 'vitest';
import { Random } from '../../../../core/random.ts';
import { linear, scale } from '../../../../learning/index.ts';
import { expectGradient, known, numbersOf } from '../../../../testing/operation-checks.ts';
import {
  annealed,
  marginSoftmax,
  sigmoidLoss,
  softClip,
  symmetricCrossEntropy,
  symmetricSoftCrossEntropy,
} from './contrast.ts';
import { mixedInputs } from './mixing.ts';

const like = new Float64Array(1);

test('logits that tell nothing cost log n, one way and the other', async () => {
  const [loss] = await numbersOf(symmetricCrossEntropy(known([2, 2, 2, 2, 2, 2, 2, 2, 2], [3, 3])));
  expect(loss).toBeCloseTo(Math.log(3), 12);
});

test('soft targets that are hard give the cross-entropy', async () => {
  const logits = known([1, -1, 0.5, 2], [2, 2]);
  const [soft] = await numbersOf(symmetricSoftCrossEntropy(logits, known([1, 0, 0, 1], [2, 2])));
  const [hard] = await numbersOf(symmetricCrossEntropy(logits));
  expect(soft).toBeCloseTo(hard, 12);
});

test('the sigmoid loss of logits 10 is n·log 2, for pairs and others alike', async () => {
  // All z = 0: every one of n² terms is log 2, over n rows.
  const [loss] = await numbersOf(sigmoidLoss(known([10, 10, 10, 10], [2, 2]), like));
  expect(loss).toBeCloseTo(2 * Math.log(2), 12);
});

test('soft-clip of orthogonal pairs that agree is the entropy of its targets, its least value', async () => {
  const b = known([1, 0, 0, 1], [2, 2]);
  const share = 1 / (1 + Math.exp(-1));
  const entropy = -share * Math.log(share) - (1 - share) * Math.log(1 - share);
  expect((await numbersOf(softClip(b, b, 1)))[0]).toBeCloseTo(entropy, 12);
});

test('soft-clip passes no gradient through its targets, and a right one elsewhere', () =>
  expectGradient((a) => softClip(a, known([1, 0.3, -0.2, 1], [2, 2]), 0.5), [[2, 2]]));

test('the temperature rises from 8/15 of itself', () => {
  expect(annealed(0.0075, 0)).toBeCloseTo(0.004, 12);
  expect(annealed(0.0075, 1)).toBeCloseTo(0.0075, 12);
});

test('mixed rows are what their targets say', async () => {
  const x = known(
    Array.from({ length: 24 }, (_, e) => e * e),
    [8, 3],
  );
  const { rows, targets } = mixedInputs(x, Random.fromSeed(3));
  const [mixed, shares] = [await numbersOf(rows), await numbersOf(targets)];
  const columns = known(
    Array.from(
      { length: 24 },
      (_, e) => (x.data?.[(e % 8) * 3 + Math.floor(e / 8)] ?? 0) as number,
    ),
    [3, 8],
  );
  const expected = await numbersOf(linear(targets, columns));
  mixed.forEach((value, e) => {
    expect(value).toBeCloseTo(expected[e], 9);
  });
  const kept = shares.filter((_, e) => e % 9 === 0).filter((share) => share === 1).length;
  expect(kept).toBeGreaterThan(0);
  expect(kept).toBeLessThan(8);
});

test('margin-softmax takes the margin off pairs: of two pairs at right angles log(1 + e^{−(1 − m)/τ})', async () => {
  const [loss] = await numbersOf(
    marginSoftmax(known([1, 0, 0, 1], [2, 2]), 0.25, (z) => scale(z, 2), like),
  );
  expect(loss).toBeCloseTo(Math.log(1 + Math.exp(-1.5)), 12);
});
