import { describe, expect, test } from 'vitest';
import { classesInTurn } from '../../../testing/classes.ts';
import { describeMetricLaws } from '../../../testing/metric-laws.ts';
import { fromRows } from '../../../testing/points.ts';
import fixture from '../fixtures/metrics.fixture.json' with { type: 'json' };
import { silhouette } from './silhouette.ts';

const rows = fromRows(fixture.rows);
const classes = fixture.classes.map(String);

describe('silhouette', () => {
  test(`is that of ${fixture.library} by cosine, and so are the rows below 0`, async () => {
    const { value, rows: listed } = await silhouette(rows, {}, { classes });
    expect(value).toBeCloseTo(fixture.silhouette, 10);
    const negative = [...fixture.silhouettes.keys()].filter((i) => fixture.silhouettes[i] < 0);
    const order = negative.sort((a, b) => fixture.silhouettes[a] - fixture.silhouettes[b]);
    expect(listed).toEqual(order);
  });

  test('two pairs of opposite points have 1, and a row alone in its class 0', async () => {
    const pairs = fromRows([
      [1, 0],
      [1, 0],
      [-1, 0],
      [-1, 0],
      [0, 1],
    ]);
    const apart = await silhouette(pairs, {}, { classes: ['a', 'a', 'b', 'b', 'c'] });
    expect(apart.value).toBeCloseTo(4 / 5, 12);
  });
});

describeMetricLaws(silhouette, { facts: classesInTurn(3) });
