import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { fromRows } from '../../testing/points.ts';
import { measure } from './measure.ts';

/** 300 rows about a mean, of unequal variances and unequal lengths. */
function rows() {
  const random = Random.fromSeed(3);
  return fromRows(
    Array.from({ length: 300 }, () => {
      const length = 1 + 3 * random.uniform();
      return Array.from({ length: 8 }, (_, c) => length * (random.normal() / (1 + c) + 0.2));
    }),
  );
}

const aboutLengths = ['isoscore', 'isoscore-star', 'partition-isotropy', 'norm-variation'];

test.each(['gaussian', 'permuted'] as const)(
  'numbers about rows as they came stand beside %s rows as they would come',
  async (model) => {
    const { metrics } = await measure(rows(), { metrics: aboutLengths, null: model });
    const nulls = new Map(metrics.map((row) => [row.id, row]));
    for (const id of aboutLengths) {
      const { null: expected } = nulls.get(id) ?? {};
      expect(expected?.value, id).toSatisfy(Number.isFinite);
      expect(expected?.how).toMatch(/^simulated, .*10 draws of 300 rows; mean$/);
    }
    // Drawn rows have lengths of their own: unit rows would have 0.
    expect(nulls.get('norm-variation')?.null?.low).toBeGreaterThan(0.1);
  },
);

test('the covariance of Gaussian rows is that of the file: so is their IsoScore', async () => {
  const { metrics } = await measure(rows(), { metrics: ['isoscore'], null: 'gaussian' });
  const [{ value, null: expected }] = metrics;
  expect(value).toBeGreaterThan(expected?.low ?? NaN);
  expect(value).toBeLessThan(expected?.high ?? NaN);
});
