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
import { aboveThreshold } from './above-threshold.ts';

const workspace = new Workspace(referenceEngine);
const rows = () => parameter('rows', Float64Array.of(0.5, -0.3, 9, 0.1, 0.1, 9), [2, 3]);
const threshold = () => parameter('threshold', Float64Array.of(0.2), [1]);

test('keeps rows whose first columns are larger than the threshold in the mean, cut to them', async () => {
  // Mean sizes of two columns: 0.4 and 0.1.
  const cut = await evaluate(aboveThreshold(rows(), threshold(), 2), workspace);
  expect([...cut]).toEqual([0.5, -0.3, 0, 0, 0, 0]);
});

test('a row at the threshold is cut', async () => {
  const half = parameter('half', Float64Array.of(0.5), [1]);
  const row = parameter('row', Float64Array.of(0.5, -0.5), [1, 2]);
  expect([...(await evaluate(aboveThreshold(row, half, 2), workspace))]).toEqual([0, 0]);
});

test('the gradient passes where rows are kept, and by the long-tailed slope to what decides', async () => {
  const [x, t] = [rows(), threshold()];
  const upstream = constant(Float64Array.of(1, 2, 7, -1, 3, 7), [2, 3]);
  const loss = sum(multiply(aboveThreshold(x, t, 2), upstream));
  const { gradients } = await gradientsOf(loss, workspace);
  const of = new Map([...gradients].map(([{ name }, { data }]) => [name, [...data]]));
  // Row 0 is above by 0.2, slope 1.2, ⟨g, x⟩ = 0.5 − 0.6 = −0.1; row 1 below by 0.1, slope 1.6, ⟨g, x⟩ = 0.2.
  const [a, b] = [1.2 * -0.1, 1.6 * 0.2];
  const expected = [1 + a / 2, 2 - a / 2, 0, b / 2, b / 2, 0];
  of.get('rows')?.forEach((value, e) => {
    expect(value).toBeCloseTo(expected[e], 12);
  });
  expect(of.get('threshold')?.[0]).toBeCloseTo(-(a + b), 12);
});

test('rows far from the threshold do not move it', async () => {
  const far = parameter('far', Float64Array.of(3, 3), [1, 2]);
  const t = threshold();
  const { gradients } = await gradientsOf(sum(aboveThreshold(far, t, 2)), workspace);
  const found = [...gradients].find(([{ name }]) => name === 'threshold');
  expect(found?.[1].data[0]).toBeCloseTo(0, 12);
});
