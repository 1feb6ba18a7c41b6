import { describe, expect, test } from 'vitest';
import { matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { averageRanks } from '../../../core/ranks.ts';
import { unitRows } from '../../../core/rows.ts';
import { referenceEngine } from '../../../engine/reference.ts';
import { describeMetricLaws } from '../../../testing/metric-laws.ts';
import { fromRows, uniformRows } from '../../../testing/points.ts';
import { anyScores } from '../../../testing/scores.ts';
import metricsFixture from '../fixtures/metrics.fixture.json' with { type: 'json' };
import fixture from './fixtures/rank-axis.fixture.json' with { type: 'json' };
import { rankAxis } from './rank-axis.ts';
import { principalCoordinates } from './support/linear-probe.ts';
import { axisFitter } from './support/rank-axis.ts';

const rows = fromRows(metricsFixture.rows);
const scores = Float64Array.from(fixture.scores);

/** Rows about the pole, and scores along one direction with noise. */
function planted(n: number, d: number, noise: number, random: Random) {
  const points = fromRows(
    Array.from({ length: n }, () =>
      Array.from({ length: d }, (_, c) => (c === 0 ? 4 : random.normal())),
    ),
  );
  const own = Float64Array.from(
    { length: n },
    (_, i) => points.data[i * d + 1] + noise * random.normal(),
  );
  return { points, scores: own };
}

describe('rank-axis', () => {
  test(`places and correlation are those of refits without each row with ${fixture.library}`, async () => {
    const { points } = unitRows('', rows);
    const principal = await principalCoordinates(points, referenceEngine);
    const [places] = await axisFitter(principal, referenceEngine)([averageRanks(scores)]);
    for (const [i, place] of places.entries()) expect(place).toBeCloseTo(fixture.places[i], 8);
    expect((await rankAxis(rows, {}, { scores })).value).toBeCloseTo(fixture.spearman, 12);
  });

  test('scores that are a coordinate are ordered; the null is about 0 and the p-value small', async () => {
    const { points, scores: own } = planted(200, 6, 0, Random.fromSeed(1));
    const {
      value,
      low,
      high,
      null: law,
      rows: far,
      series,
    } = await rankAxis(points, {}, { scores: own });
    expect(value).toBeGreaterThan(0.97);
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
    expect(Math.abs(law?.value ?? NaN)).toBeLessThan(0.1);
    expect(law?.pValue).toBeLessThan(1e-6);
    expect(far).toEqual([]);
    const places = Array.from(series?.y ?? []);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test('a monotone change of the scores changes nothing, a reversal neither', async () => {
    const { points, scores: own } = planted(60, 4, 1, Random.fromSeed(2));
    const { value } = await rankAxis(points, {}, { scores: own });
    const curved = own.map((x) => x * x * x + 7);
    expect((await rankAxis(points, {}, { scores: curved })).value).toBe(value);
    const turned = own.map((x) => -x);
    expect((await rankAxis(points, {}, { scores: turned })).value).toBeCloseTo(value, 12);
  });

  test('scores that mean nothing have 0 in the interval and in that of shuffled scores in 90 of 100 sets', async () => {
    let [covered, within] = [0, 0];
    for (let r = 0; r < 100; r++) {
      const points = uniformRows(80, 5, Random.fromSeed(3).fork(r));
      const own = Random.fromSeed(4).fork(r);
      const dealt = Float64Array.from({ length: 80 }, () => own.normal());
      const {
        value,
        low = NaN,
        high = NaN,
        null: law,
      } = await rankAxis(points, {}, { scores: dealt });
      if (low <= 0 && 0 <= high) covered += 1;
      if ((law?.low ?? NaN) <= value && value <= (law?.high ?? NaN)) within += 1;
    }
    // 95 of 100, less four standard errors.
    expect(covered).toBeGreaterThanOrEqual(86);
    expect(within).toBeGreaterThanOrEqual(86);
  });

  test('a row with the wrong score is listed', async () => {
    const { points, scores: own } = planted(100, 4, 0, Random.fromSeed(5));
    const highest = own.indexOf(Math.max(...own));
    own[highest] = -100;
    expect((await rankAxis(points, {}, { scores: own })).rows).toEqual([highest]);
  });

  test('rows without a score are left out; few, equal and no scores have no number', async () => {
    const some = scores.map((score, i) => (i % 6 === 0 ? NaN : score));
    const kept = [...some.keys()].filter((i) => !Number.isNaN(some[i]));
    const part = fromRows(kept.map((i) => metricsFixture.rows[i]));
    const { value } = await rankAxis(rows, {}, { scores: some });
    expect(value).toBe(
      (await rankAxis(part, {}, { scores: some.filter((x) => !Number.isNaN(x)) })).value,
    );
    const few = await rankAxis(rows, {}, { scores: scores.map((x, i) => (i < 9 ? x : NaN)) });
    expect(few.warnings).toEqual([
      '9 rows with a score are too few for an axis: 10 are needed.',
      '51 of 60 rows have no score and were left out.',
    ]);
    const same = await rankAxis(rows, {}, { scores: scores.map(() => 3) });
    expect(same.warnings).toEqual(['all scores are equal.']);
    expect((await rankAxis(rows)).warnings).toEqual(['this number needs the scores of the rows.']);
    const still = matrix(new Float64Array(60).fill(1), 30, 2);
    const alike = await rankAxis(still, {}, anyScores(30));
    expect(alike.warnings).toEqual(['all rows are equal.']);
  });
});

describeMetricLaws(rankAxis, { facts: anyScores, oneDimension: false });
