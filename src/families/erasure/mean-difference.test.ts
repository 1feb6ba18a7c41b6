import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { fromRows } from '../../testing/points.ts';
import fixture from './leace.fixture.json' with { type: 'json' };
import { meanDifference } from './mean-difference.ts';

test('all classes have the mean of all rows afterwards', async () => {
  const points = normalMatrix(30, 6, 1);
  const classes = Array.from({ length: 30 }, (_, i) => (i < 7 ? 'a' : i < 20 ? 'b' : 'c'));
  const { model, rank } = await meanDifference({ points, classes });
  expect(rank).toBe(2);
  const { data } = await meanDifference.transform(model, points);
  for (const own of ['a', 'b', 'c']) {
    for (let c = 0; c < 6; c++) {
      const of = (name?: string) => {
        const rows = classes.flatMap((known, i) => (name && known !== name ? [] : [i]));
        return rows.reduce((sum, i) => sum + data[i * 6 + c], 0) / rows.length;
      };
      expect(of(own)).toBeCloseTo(of(), 12);
    }
  }
});

for (const rank of ['full', 'deficient'] as const) {
  test(`as ${fixture.library} projects the cross-covariance out: a covariance of ${rank} rank`, async () => {
    const points = fromRows(fixture[rank].rows);
    const { model } = await meanDifference({ points, classes: fixture.classes });
    const { data } = await meanDifference.transform(model, points);
    for (const [e, x] of fixture[rank].meanDifference.flat().entries())
      expect(Math.abs(data[e] - x)).toBeLessThan(1e-6);
  });
}

test('distances only shrink', async () => {
  const points = normalMatrix(20, 4, 3);
  const classes = Array.from({ length: 20 }, (_, i) => `${i % 2}`);
  const { model } = await meanDifference({ points, classes });
  const erased = await meanDifference.transform(model, points);
  const between = ({ data }: { data: ArrayLike<number> }, i: number, j: number) =>
    [0, 1, 2, 3].reduce((sum, c) => sum + (data[i * 4 + c] - data[j * 4 + c]) ** 2, 0);
  for (let i = 1; i < 20; i++)
    expect(between(erased, 0, i)).toBeLessThanOrEqual(between(points, 0, i) + 1e-12);
});

test('equal rows of two classes stay as they are', async () => {
  const points = matrix(new Float64Array(8).fill(0.5), 4, 2);
  const { model, rank } = await meanDifference({ points, classes: ['a', 'b', 'a', 'b'] });
  expect(rank).toBe(0);
  expect(await meanDifference.transform(model, points)).toEqual(points);
});
