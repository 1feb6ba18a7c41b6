import { expect, test } from 'vitest';
import { referenceEngine } from '../../../engine/reference.ts';
import { constant, evaluate, sigmoid, type Tensor, Workspace } from '../../../learning/index.ts';
import { gradientRatios } from '../../../testing/gradient-check.ts';
import { gatedContrast, gatedCosines } from './gated-contrast.ts';

const like = new Float64Array(1);
const tensor = (shape: readonly number[], ...values: number[]) =>
  constant(Float64Array.from(values), shape);
const numbersOf = async (x: Tensor) =>
  Array.from(await evaluate(x, new Workspace(referenceEngine)));
const open = (n: number, k: number) => constant(new Float64Array(n * k).fill(1), [n, k]);

test('a gate takes both rows into its subspace', async () => {
  // Rows agree in the first column and differ in the second.
  const z = tensor([2, 2], 1, 1, 1, -1);
  const cosines = await numbersOf(gatedCosines(z, tensor([2, 2], 1, 0, 1, 1), like));
  expect(cosines[1]).toBeCloseTo(1, 6);
  expect(cosines[2]).toBeCloseTo(0, 6);
});

test('by hand: one positive at a right angle, one negative opposite', async () => {
  const z = tensor([3, 2], 1, 0, 0, 1, -1, 0);
  const classes = Int32Array.of(0, 1, 2);
  // Rows 0 and 2 want class 1, row 1 wants class 0.
  const partners = Int32Array.of(1, 0, 1);
  const [loss] = await numbersOf(
    gatedContrast(z, open(3, 2), { classes, partners, temperature: 1 }, like),
  );
  const opposite = Math.log(1 + Math.exp(-1));
  const right = Math.log(1 + Math.exp(0));
  expect(loss).toBeCloseTo((2 * opposite + right) / 3, 6);
});

test('rows of the own class are neither positives nor negatives of another partner', async () => {
  const facts = {
    classes: Int32Array.of(0, 0, 1),
    partners: Int32Array.of(1, 1, 1),
    temperature: 1,
  };
  const [loss] = await numbersOf(
    gatedContrast(tensor([3, 2], 1, 0, 0, 1, 1, 1), open(3, 2), facts, like),
  );
  // Only the third row, whose positive is itself, has negatives: two at 45°.
  const third = Math.log(1 + 2 * Math.exp(Math.SQRT1_2 - 1));
  expect(loss).toBeCloseTo(third / 3, 6);
});

test('without a positive there is nothing to lose', async () => {
  const facts = { classes: Int32Array.of(0, 0), partners: Int32Array.of(1, 1), temperature: 1 };
  expect(await numbersOf(gatedContrast(tensor([2, 1], 1, 2), open(2, 1), facts, like))).toEqual([
    0,
  ]);
});

test('it has the gradient of its value, in rows and gates', async () => {
  const facts = {
    classes: Int32Array.of(0, 1, 2, 0, 1, 2),
    partners: Int32Array.of(1, 0, 0, 0, 2, 1),
    temperature: 0.5,
  };
  const ratios = await gradientRatios(
    (z, gates) => gatedContrast(z, sigmoid(gates), facts, like),
    [
      [6, 4],
      [6, 4],
    ],
  );
  expect(Math.min(...ratios)).toBeGreaterThan(3.8);
});

test('says what does not fit', () => {
  const facts = { classes: Int32Array.of(0), partners: Int32Array.of(1, 1), temperature: 1 };
  expect(() => gatedContrast(tensor([2, 1], 1, 2), open(2, 1), facts, like)).toThrow(
    'gatedContrast: expected 2 classes and partners, one a row; got 1 and 2.',
  );
});
