import { describe, expect, test } from 'vitest';
import { unitRows } from '../../../core/rows.ts';
import { referenceEngine } from '../../../engine/reference.ts';
import { classesInTurn, classRows } from '../../../testing/classes.ts';
import { describeMetricLaws } from '../../../testing/metric-laws.ts';
import { fromRows, uniformRows } from '../../../testing/points.ts';
import fixture from '../fixtures/metrics.fixture.json' with { type: 'json' };
import { linearProbeAccuracy } from './linear-probe-accuracy.ts';
import { numbered } from './support/classes.ts';
import { principalCoordinates, ridgeOf, ridgeProbe } from './support/linear-probe.ts';

const rows = unitRows('fixture', fromRows(fixture.rows)).points;
const classes = fixture.classes.map(String);

describe('linear-probe-accuracy', () => {
  test(`leaving one out is as accurate as ${fixture.library} finds it, at three penalties`, async () => {
    const { level } = await principalCoordinates(rows, referenceEngine);
    for (const [alpha, accuracy] of Object.entries(fixture.ridge)) {
      const { value } = await linearProbeAccuracy(
        rows,
        { ridge: Number(alpha) / level },
        { classes },
      );
      expect(value).toBeCloseTo(accuracy, 12);
    }
  });

  test('wide and narrow rows give the same: zero columns change nothing', async () => {
    const narrow = uniformRows(12, 4, 3);
    const wide = fromRows(
      Array.from({ length: 12 }, (_, i) => [
        ...narrow.data.subarray(4 * i, 4 * i + 4),
        ...Array<number>(20).fill(0),
      ]),
    );
    const names = numbered(classesInTurn(3)(12).classes ?? []);
    const fits = await Promise.all(
      [narrow, wide].map(async (points) => {
        const principal = await principalCoordinates(points, referenceEngine);
        return ridgeProbe(ridgeOf(principal, 0.05 / principal.level), names, referenceEngine);
      }),
    );
    expect(fits[1].withoutRow).toEqual(fits[0].withoutRow);
    expect(fits[1].fitted).toEqual(fits[0].fitted);
  });

  test('two classes that mean nothing have 1 + 2/π times the variance of independent rows', async () => {
    const n = 400;
    const points = uniformRows(n, 8, 5);
    const {
      value,
      low = NaN,
      high = NaN,
    } = await linearProbeAccuracy(points, {}, classesInTurn(2)(n));
    const binomial = 1.96 * Math.sqrt((value * (1 - value)) / n);
    // A variance from 40 draws is right to 22 %; Student's quantile adds 7 %.
    const factor = ((high - low) / 2 / binomial) ** 2;
    expect(factor).toBeGreaterThan((1 + 2 / Math.PI) * 0.5);
    expect(factor).toBeLessThan((1 + 2 / Math.PI) * 1.9);
  });

  test('apart classes have 1, beside a null near chance', async () => {
    const points = classRows(120, 6, 3, 0.1, 2);
    const { value, null: expected } = await linearProbeAccuracy(points, {}, classesInTurn(3)(120));
    expect(value).toBe(1);
    expect(expected?.value).toBeLessThan(0.55);
  });
});

describeMetricLaws(linearProbeAccuracy, { facts: classesInTurn(3) });
