import { expect, test } from 'vitest';
import { AbortedError } from '../../core/errors.ts';
import { toFloat32, zeros } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { chooseEngine } from '../../engine/choose.ts';
import { sliced, uniformity } from '../../families/objectives/index.ts';
import { uniformPoints } from '../../manifolds/index.ts';
import { grown, predictedTime, timedPairs } from './predicted-time.ts';

const dispersion = (n: number, batch: number, timed: (rows: number) => number, pairs?: number) => ({
  start: zeros(n, 2),
  settled: { batch },
  steps: 50,
  stepSeconds: async (rows: number) => timed(rows),
  pairSeconds: async () => pairs,
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

test('a long step is told by a share of the pairs of all rows, where it has pairs', async () => {
  const law = (n: number) => 2e-10 * n * n;
  expect((await predictedTime(dispersion(1_000_000, 0, law, 260))).secondsPerStep).toBe(260);
  expect((await predictedTime(dispersion(20_000, 0, law, 260))).secondsPerStep).toBeCloseTo(
    0.08,
    9,
  );
});

test('pairs of all rows are begun and stopped, and an objective without pairs says nothing', async () => {
  const engine = await chooseEngine('wasm', { threads: 1 });
  const start = uniformPoints(400, 4, Random.fromSeed(1));
  const rows = { start: toFloat32(start) };
  const context = { engine, random: Random.fromSeed(2) };
  const slow: typeof engine = {
    ...engine,
    pairwiseEnergy(_points, _kernel, _gradient, work) {
      const begun = performance.now();
      return new Promise((_done, fail) => {
        const turn = () => {
          work?.onProgress?.((performance.now() - begun) / 40_000);
          if (work?.signal?.aborted) fail(new AbortedError('pairwise-energy'));
          else setTimeout(turn, 20);
        };
        setTimeout(turn, 20);
      });
    },
  };
  // A clock that says 1/40 a second has 40 seconds to go.
  const seconds = await timedPairs(uniformity.bind(), rows, { ...context, engine: slow });
  expect(seconds).toBeCloseTo(40, 0);
  expect(await timedPairs(sliced.bind(), rows, context)).toBeUndefined();
  await engine.dispose();
});
