import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { uniformPoints } from '../../manifolds/index.ts';
import { greatSphere } from '../../testing/zoo.ts';
import { measure } from './measure.ts';
import { track } from './track.ts';

test('each number is a series over the snapshots, which may come one by one', async () => {
  const points = [8, 5, 2].map((m) => greatSphere(200, m, 12, Random.fromSeed(m)));
  async function* read() {
    yield* points;
  }
  const options = { metrics: ['local-two-nn', 'mean-cosine'] };
  const tracked = await track(read(), options);
  expect(tracked.map(({ id }) => id)).toEqual(['mean-cosine', 'local-two-nn']);
  const [, { values, low, high }] = tracked;
  expect(values[0]).toBeGreaterThan(values[1] ?? Infinity);
  expect(values[1]).toBeGreaterThan(values[2] ?? Infinity);
  const { metrics } = await measure(points[1], options);
  expect(metrics[1]).toMatchObject({ value: values[1], low: low[1], high: high[1] });
});

test('a number that a snapshot does not have is null there; no snapshot is refused', async () => {
  const random = Random.fromSeed(1);
  const sets = [uniformPoints(20, 3, random), uniformPoints(1, 3, random)];
  const [{ values }] = await track(sets, { metrics: ['mean-cosine'] });
  expect(values).toEqual([expect.any(Number), null]);
  await expect(track([])).rejects.toThrow('one set of vectors at least');
});
