import { expect, test } from 'vitest';
import { expectGradient } from '../../../testing/operation-checks.ts';
import { boxCrossEntropy } from './box-cross-entropy.ts';
import { LEAST, logEntailment, logOfRest, softWidth, TEMPERATURE } from './box-entailment.ts';

const box = (...data: number[]) => ({ data: Float64Array.from(data), dim: data.length / 2 });

test('a soft width is T·log(1 + e^{u/T}): u where it is large, above 0 where it is negative', () => {
  expect(softWidth(0)).toBeCloseTo(TEMPERATURE * Math.LN2, 15);
  expect(softWidth(20)).toBe(20);
  expect(softWidth(-8) / (TEMPERATURE * Math.exp(-40))).toBeCloseTo(1, 12);
  for (const u of [-3.1, -2.9, -1, 0.3])
    expect(softWidth(u) / (TEMPERATURE * Math.log1p(Math.exp(u / TEMPERATURE)))).toBeCloseTo(1, 9);
});

test('a box in another entails it surely; the other way by the ratio of soft widths', () => {
  const [small, wide] = [box(0.1, 0.05), box(0, 0.2)];
  expect(logEntailment(small, 0, wide, 0)).toBe(-LEAST);
  expect(logEntailment(wide, 0, small, 0)).toBeCloseTo(
    Math.log(softWidth(0.05) / softWidth(0.2)),
    12,
  );
});

test('boxes that do not meet entail each other by the soft width of their gap', () => {
  const [left, right] = [box(-0.3, 0.1), box(0.3, 0.1)];
  expect(logEntailment(left, 0, right, 0)).toBeCloseTo(
    Math.log(softWidth(-0.2) / softWidth(0.1)),
    12,
  );
});

test('a thousand axes far apart do not underflow', () => {
  const all = (x: number) => Array.from({ length: 1000 }, () => x);
  const far = (x: number) => box(...all(x), ...all(0.1));
  const one = logEntailment(box(0, 0.1), 0, box(5, 0.1), 0);
  expect(logEntailment(far(0), 0, far(5), 0) / (1000 * one)).toBeCloseTo(1, 12);
});

test('log(1 − e^x) keeps its digits next to 0', () => {
  expect(logOfRest(-1e-9)).toBeCloseTo(Math.log(-Math.expm1(-1e-9)), 12);
  expect(logOfRest(-2)).toBeCloseTo(Math.log1p(-Math.exp(-2)), 14);
});

test('boxCrossEntropy has the gradient of its value, for boxes of things and of concepts', () =>
  expectGradient(
    (things, concepts) =>
      boxCrossEntropy(things, concepts, {
        targets: Float64Array.of(1, 0, 0.5, 1, 1, 0),
        weights: Float64Array.of(1, 2, 1, 0, 0.5, 1),
      }),
    [
      [3, 4],
      [2, 4],
    ],
  ));
