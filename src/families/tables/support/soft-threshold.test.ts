import { expect, test } from 'vitest';
import { referenceEngine } from '../../../engine/reference.ts';
import {
  constant,
  evaluate,
  gradientsOf,
  multiply,
  parameter,
  sum,
  Workspace,
} from '../../../learning/index.ts';
import { expectGradient } from '../../../testing/operation-checks.ts';
import { softThreshold } from './soft-threshold.ts';

const workspace = new Workspace(referenceEngine);
const rows = () => parameter('rows', Float64Array.of(0.75, -0.5, 0.25, -1), [2, 2]);
const given = (t: readonly number[], shape: readonly [number, number]) =>
  parameter('t', Float64Array.from(t), shape);
const cut = async (t: readonly number[], shape: readonly [number, number]) => [
  ...(await evaluate(softThreshold(rows(), given(t, shape)), workspace)),
];

test('numbers move towards 0 by the threshold, those within it to 0 and never to −0', async () => {
  expect(await cut([0.5], [1, 1])).toEqual([0.25, 0, 0, -0.5]);
});

test('a threshold holds for its row, its column or its number', async () => {
  expect(await cut([0.5, 0.25], [2, 1])).toEqual([0.25, 0, 0, -0.75]);
  expect(await cut([0.5, 0.25], [1, 2])).toEqual([0.25, -0.25, 0, -0.75]);
  expect(await cut([0, 1, 0.125, 0.25], [2, 2])).toEqual([0.75, 0, 0.125, -0.75]);
});

test('the gradient passes where a number exceeds its threshold, and falls on it by the sign', async () => {
  const upstream = constant(Float64Array.of(2, 3, 5, 7), [2, 2]);
  const found = async (t: readonly number[], shape: readonly [number, number]) => {
    const loss = sum(multiply(softThreshold(rows(), given(t, shape)), upstream));
    const { gradients } = await gradientsOf(loss, workspace);
    return Object.fromEntries([...gradients].map(([{ name }, { data }]) => [name, [...data]]));
  };
  // 0.75 and −1 exceed 0.5, −0.5 does not: ∂t = −2 + 7.
  expect(await found([0.5], [1, 1])).toEqual({ rows: [2, 0, 0, 7], t: [5] });
  expect(await found([0.5, 0.25], [2, 1])).toEqual({ rows: [2, 0, 0, 7], t: [-2, 7] });
  expect(await found([0.5, 0.25], [1, 2])).toEqual({ rows: [2, 3, 0, 7], t: [-2, 3 + 7] });
  expect(await found([0, 1, 0.125, 0.25], [2, 2])).toEqual({
    rows: [2, 0, 5, 7],
    t: [-2, 0, -5, 7],
  });
});

test('its gradient is that of its value (Taylor)', async () => {
  for (const shape of [
    [1, 1],
    [1, 2],
    [2, 1],
    [2, 2],
  ] as const) {
    const t = given(
      Array.from({ length: shape[0] * shape[1] }, (_, i) => 0.3 + 0.01 * i),
      shape,
    );
    // Squared, so that what is left of a Taylor step is of second order and not 0.
    await expectGradient(
      (x, own) => sum(multiply(softThreshold(x, own), softThreshold(x, own))),
      [rows(), t],
    );
  }
});
