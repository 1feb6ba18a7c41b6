import { expect, test } from 'vitest';
import { zeros } from '../../core/matrix.ts';
import { grown, predictedTime } from './predicted-time.ts';

const dispersion = (n: number, batch: number, timed: (rows: number) => number) => ({
  start: zeros(n, 2),
  settled: { batch } as never,
  steps: 50,
  stepSeconds: async (rows: number) => timed(rows),
});

test('a time that is linear and square in the rows is found again, to rounding', async () => {
  const law = (n: number) => 3e-7 * n + 2e-10 * n * n;
  const found = await predictedTime(dispersion(1_000_000, 0, law));
  expect(found.secondsPerStep / law(1e6)).toBeCloseTo(1, 9);
  expect(found.seconds).toBeCloseTo(50 * law(1e6), 6);
});

test('a time that is all square, or all linear, stays so, also where noise says less than that', () => {
  expect(grown(1, 16, 163_840) / 1600).toBeCloseTo(1, 9);
  expect(grown(1, 17, 163_840) / 1700).toBeCloseTo(1, 9);
  expect(grown(1, 3.9, 163_840)).toBeCloseTo(39, 9);
});

test('batches are timed as they are, few rows all together', async () => {
  const asked: number[] = [];
  const timed = (rows: number) => {
    asked.push(rows);
    return 0.25;
  };
  expect((await predictedTime(dispersion(100_000, 2048, timed))).seconds).toBe(12.5);
  expect((await predictedTime(dispersion(900, 0, timed))).seconds).toBe(12.5);
  expect(asked).toEqual([8192, 900]);
});
