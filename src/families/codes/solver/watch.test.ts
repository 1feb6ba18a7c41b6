import { expect, test } from 'vitest';
import { AbortedError } from '../../../core/errors.ts';
import { Random } from '../../../core/random.ts';
import { Run } from '../../../core/run.ts';
import { rescaleRows } from '../../../numerics/rows/unit-rows.ts';
import { certificateOf } from '../certificate/certificate.ts';
import { runChains } from './chains.ts';
import { leastEnergy } from './energy-search.ts';
import { minChord } from './separation.ts';
import { solveNear } from './solve.ts';
import { ifTimeAllows, Watch } from './watch.ts';

/** Time is up after so many looks at the clock. */
function watchOf(looks: number): Watch {
  let left = looks;
  return new Watch(undefined, () => left-- <= 0);
}

function randomRows(n: number, d: number): Float64Array {
  const random = Random.fromSeed(3);
  const x = Float64Array.from({ length: n * d }, () => random.normal());
  rescaleRows(x, d, 0);
  return x;
}

function expectUnitRows(x: Float64Array, n: number, d: number): void {
  expect(x.length).toBe(n * d);
  for (let i = 0; i < n; i++)
    expect(Math.hypot(...x.subarray(i * d, i * d + d))).toBeCloseTo(1, 12);
}

test.each([0, 1, 2, 5, 20, 100, 1000])(
  'points and their chord come back where time is up after %i looks at the clock',
  async (looks) => {
    // By disks that stiffen, and, with many coordinates, by a slow descent.
    for (const [n, d] of [
      [20, 3],
      [30, 110],
    ]) {
      const start = randomRows(n, d);
      const { points, chord } = await solveNear({ n, d }, start, watchOf(looks));
      expectUnitRows(points, n, d);
      expect(chord).toBeCloseTo(minChord(points, d), 11);
      expect(chord).toBeGreaterThanOrEqual(minChord(start, d));
    }
  },
);

test.each([0, 1, 5, 50, 500])(
  'a chain ends with points where time is up after %i looks at the clock',
  async (looks) => {
    for (const [n, d] of [
      [14, 3],
      [15, 5],
      [60, 12],
    ]) {
      const watch = watchOf(looks);
      let taken = 0;
      const counter = { next: () => taken++ || 0, timeIsUp: () => watch.timeIsUp() };
      const next = () => (counter.next() === 0 ? 0 : -1);
      const task = { problem: { n, d }, seed: 0, patience: 3, chains: 1 };
      const best = await runChains(task, { ...counter, next }, watch);
      expectUnitRows(best?.points ?? new Float64Array(), n, d);
    }
  },
);

test.each([0, 1, 5, 50])(
  'points of least energy come back where time is up after %i looks at the clock',
  async (looks) => {
    const limits = { chains: 2, patience: 2 };
    const random = Random.fromSeed(1);
    const { points, energy } = await leastEnergy(
      { n: 12, d: 3 },
      1,
      limits,
      random,
      watchOf(looks),
    );
    expectUnitRows(points, 12, 3);
    // The icosahedron's, to which finishing takes twelve points from anywhere.
    expect(energy).toBeCloseTo(49.165253058, 6);
  },
);

test('a certificate without time has the closed bounds and says what it lacks', async () => {
  const code = { n: 50, d: 5, minAngleDeg: 40, contacts: 1, start: 'random' } as const;
  const provenance = { seconds: 0, seed: 0 };
  const whole = await certificateOf(code, provenance);
  const part = await certificateOf(code, { ...provenance, end: -1e9 });
  expect(part.unfinished).toEqual(['linear programming bound not computed: time.']);
  expect(whole.unfinished).toBeUndefined();
  expect(whole.bounds).toEqual(expect.arrayContaining([...part.bounds]));
  expect(part.bounds.length).toBeLessThan(whole.bounds.length);
});

test('an aborted run ends between two pieces of work', async () => {
  const stop = new AbortController();
  const watch = new Watch(new Run({ signal: stop.signal }));
  watch.check();
  stop.abort();
  expect(watch.check).toThrow(AbortedError);
  await expect(ifTimeAllows(watch.check)).rejects.toThrow(AbortedError);
});
