import { expect, test } from 'vitest';
import { normalDistortion, normalLevels } from './normal-levels.ts';

test('the least errors of 2, 4, 8 and 16 levels are those of Max (1960), table I', () => {
  const errors = [1, 2, 3, 4].map((bits) => normalDistortion(normalLevels(2 ** bits)));
  // The table prints 0.3634, 0.1175, 0.03454 and 0.009497; the last two are 8e-6 and 4e-6 too low, as Lloyd's steps on
  // a grid of two million places show.
  [0.3634, 0.1175, 0.034548, 0.009501].forEach((error, i) => {
    expect(errors[i].toPrecision(4)).toBe(error.toPrecision(4));
  });
});

test('sixteen levels end with 1.256, 1.618, 2.069 and 2.733 (Max 1960, table I)', () => {
  const last = [...normalLevels(16)].slice(-4).map((level) => level.toFixed(3));
  expect(last).toEqual(['1.256', '1.618', '2.069', '2.733']);
});

test('one level is 0, two are ±√(2/π) with error 1 − 2/π', () => {
  expect([...normalLevels(1)]).toEqual([0]);
  expect(normalDistortion(normalLevels(1))).toBe(1);
  const [, two] = normalLevels(2);
  expect(two).toBeCloseTo(Math.sqrt(2 / Math.PI), 14);
  expect(normalDistortion(normalLevels(2))).toBeCloseTo(1 - 2 / Math.PI, 14);
});

test('for very many levels the error is √3π/2 over the square of their number (Panter and Dite 1951)', () => {
  const scaled = (count: number) => normalDistortion(normalLevels(count)) * count ** 2;
  const limit = (Math.sqrt(3) * Math.PI) / 2;
  const [far, near] = [64, 256].map((count) => limit - scaled(count));
  expect(near).toBeGreaterThan(0);
  expect(near).toBeLessThan(far);
  expect(near / limit).toBeLessThan(0.02);
});

test('levels ascend, lie symmetrically, and none can be moved to lower the error', () => {
  for (const count of [3, 8, 256]) {
    const levels = normalLevels(count);
    const least = normalDistortion(levels);
    levels.forEach((level, i) => {
      if (i > 0) expect(level).toBeGreaterThan(levels[i - 1]);
      expect(level).toBe(0 - levels[count - 1 - i]);
      for (const step of [-1e-3, 1e-3])
        expect(normalDistortion(levels.with(i, level + step))).toBeGreaterThan(least);
    });
  }
});
