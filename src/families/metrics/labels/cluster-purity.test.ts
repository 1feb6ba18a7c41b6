import { describe, expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import { describeMetricLaws } from '../../../testing/metric-laws.ts';
import { fromRows, uniformRows } from '../../../testing/points.ts';
import { clusterPurity } from './cluster-purity.ts';

describe('cluster-purity', () => {
  const random = Random.fromSeed(1);
  const points = fromRows(
    Array.from({ length: 32 }, (_, i) =>
      Array.from({ length: 4 }, (__, c) => (c === i % 4 ? 1 : 0) + 0.01 * random.normal()),
    ),
  );

  test('counts the most frequent class of each cluster', async () => {
    // Bundles 0 and 1 are of one class each; in 2 and 3 one row of eight is of another.
    const classes = Array.from({ length: 32 }, (_, i) => (i === 2 || i === 3 ? 'a' : `${i % 4}`));
    const { value, perRow, table } = await clusterPurity(points, { clusters: 4 }, { classes });
    expect(value).toBe(30 / 32);
    expect(perRow?.['share'][0]).toBe(1);
    expect(perRow?.['share'][2]).toBe(1 / 8);
    expect(table?.find((line) => line['class'] === 'a')).toEqual({
      class: 'a',
      rows: 2,
      'in own clusters': 0,
    });
  });

  test('classes that have nothing to do with the rows are near the null', async () => {
    const some = uniformRows(200, 5, 2);
    let far = 0;
    for (let r = 0; r < 20; r++) {
      const own = Random.fromSeed(r);
      const classes = Array.from({ length: 200 }, () => `${own.integer(3)}`);
      const { null: law } = await clusterPurity(some, { clusters: 10 }, { classes });
      if ((law?.pValue ?? 0) < 0.05) far += 1;
    }
    expect(far).toBeLessThan(5);
  });

  test('one class has no number', async () => {
    const classes = Array.from({ length: 32 }, () => 'a');
    expect((await clusterPurity(points, {}, { classes })).value).toBeNaN();
  });
});

describeMetricLaws(clusterPurity, {
  facts: (n) => ({ classes: Array.from({ length: n }, (_, i) => `${i % 3}`) }),
});
