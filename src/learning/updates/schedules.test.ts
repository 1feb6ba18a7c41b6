import { expect, test } from 'vitest';
import { parameter } from '../tape/parameter.ts';
import { clipByGlobalNorm } from './clip-by-global-norm.ts';
import {
  constantRate,
  cosineDecay,
  linearDecay,
  type Schedule,
  stepDecay,
  warmupCosine,
} from './schedules.ts';

const over = (schedule: Schedule, steps: number) =>
  Array.from({ length: steps }, (_, i) => schedule(i + 1, steps));

const expectClose = (actual: readonly number[], expected: readonly number[]) => {
  expect(actual).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, 15);
};

test('schedules over four steps', () => {
  expectClose(over(constantRate(), 4), [1, 1, 1, 1]);
  expectClose(over(linearDecay(), 4), [1, 0.75, 0.5, 0.25]);
  const root = Math.SQRT1_2;
  expectClose(over(cosineDecay(), 4), [1, (1 + root) / 2, 0.5, (1 - root) / 2]);
  expectClose(over(stepDecay({ every: 2, factor: 0.1 }), 6), [1, 1, 0.1, 0.1, 0.01, 0.01]);
});

test('a floor is what is left at the end', () => {
  expectClose(over(linearDecay({ floor: 0.5 }), 4), [1, 0.875, 0.75, 0.625]);
  expect(cosineDecay({ floor: 0.25 })(101, 100)).toBeCloseTo(0.25, 15);
});

test('after the warm-up the cosine starts at 1; without one it is cosineDecay', () => {
  expectClose(over(warmupCosine({ warmup: 4 }), 8).slice(0, 5), [0.25, 0.5, 0.75, 1, 1]);
  expectClose(over(warmupCosine({ warmup: 4 }), 8).slice(4), over(cosineDecay(), 4));
  expect(over(warmupCosine(), 7)).toEqual(over(cosineDecay(), 7));
});

test('a warm-up as long as the run, or longer, only rises', () => {
  expectClose(over(warmupCosine({ warmup: 4 }), 4), [0.25, 0.5, 0.75, 1]);
  expectClose(over(warmupCosine({ warmup: 8 }), 2), [0.125, 0.25]);
});

test('settings out of their range are refused', () => {
  expect(() => warmupCosine({ warmup: 0.5 })).toThrow('option "warmup" must be an integer');
  expect(() => stepDecay({ every: 0 })).toThrow('option "every" must be an integer in [1, ∞]');
  expect(() => cosineDecay({ floor: 2 })).toThrow('option "floor" must be a number in [0, 1]');
});

const gradientsOf = (...data: Float32Array[]) =>
  new Map(
    data.map((g, i) => [parameter(`p${i}`, new Float32Array(g.length), [g.length]), { data: g }]),
  );

test('gradients longer together than allowed are scaled by one factor, others left alone', () => {
  const gradients = gradientsOf(Float32Array.of(3, 0), Float32Array.of(-4));
  expect(clipByGlobalNorm(gradients, 10)).toBe(5);
  expect(clipByGlobalNorm(gradients, 2.5)).toBe(5);
  expect([...gradients.values()].map(({ data }) => [...data])).toEqual([[1.5, 0], [-2]]);
});

test('a norm that is not finite is told, and nothing scaled', () => {
  const gradients = gradientsOf(Float32Array.of(Number.POSITIVE_INFINITY, 1));
  expect(clipByGlobalNorm(gradients, 1)).toBe(Number.POSITIVE_INFINITY);
  expect([...gradients.values()][0].data).toEqual(Float32Array.of(Number.POSITIVE_INFINITY, 1));
  expect(clipByGlobalNorm(gradientsOf(Float32Array.of(Number.NaN)), 1)).toBeNaN();
  expect(() => clipByGlobalNorm(new Map(), 0)).toThrow('option "most" must be a number above 0');
});
