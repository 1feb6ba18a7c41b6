import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { gathered, matrix } from '../../../../core/matrix.ts';
import { unitRows } from '../../../../core/rows.ts';
import { referenceEngine } from '../../../../engine/reference.ts';
import { createSpace } from '../../../../structures/space/space.ts';
import { uniformRows } from '../../../../testing/points.ts';
import { meanLogRatios } from './dimension-estimates.ts';
import { distinctLists, withSpread } from './distinct-lists.ts';
import { centredGram, unbiasedTraces } from './participation.ts';

const fixture = JSON.parse(
  readFileSync(
    new URL('../../../../structures/neighbors/fixtures/neighbors.fixture.json', import.meta.url),
    'utf8',
  ),
);

describe('lists of distinct neighbours', () => {
  test('copies of every row leave the distances as they were', async () => {
    const points = uniformRows(30, 4, 5);
    const lists = await distinctLists(createSpace(points, referenceEngine), 5);
    const twice = gathered(points, [...Array(30).keys(), ...Array(30).keys()]);
    const again = await distinctLists(createSpace(twice, referenceEngine), 5);
    expect(again.logs).toEqual(lists.logs);
    expect(again.n).toBe(30);
    expect(again.warnings).toEqual(['30 of 60 rows are copies of others and were left out.']);
  });

  test('rows at equal distances that do not coincide stay', async () => {
    const cross = matrix(new Float64Array([1, 0, 0, 1, -1, 0, 0, -1]), 4, 2);
    const { logs, warnings } = await distinctLists(createSpace(cross, referenceEngine), 3);
    expect([...logs.subarray(0, 3)].map((x) => Math.exp(2 * x).toFixed(9))).toEqual([
      '2.000000000',
      '2.000000000',
      '4.000000000',
    ]);
    expect(warnings).toEqual([]);
  });

  test('the inverse of their mean log ratios is scikit-dimension’s estimate', async () => {
    const raw = matrix(Float64Array.from(fixture.data), fixture.n, fixture.d);
    const space = createSpace(unitRows('fixture', raw).points, referenceEngine);
    const lists = await distinctLists(space, 20);
    const { value } = withSpread(
      lists,
      60,
      space.random('x'),
      (owners, kept) => 19 / meanLogRatios(lists, 20, owners, kept),
    );
    expect(value).toBeCloseTo(fixture.mle, 9);
  });
});

test('over all samples of five from three points, both traces average to the true ones', () => {
  const points = [
    [0, 1],
    [2, 0.5],
    [1, -1],
  ];
  const gramOf = (rows: readonly (readonly number[])[]) =>
    Float64Array.from(rows.flatMap((a) => rows.map((b) => a[0] * b[0] + a[1] * b[1])));
  // Weighted by its denominator, the mean ratio is the ratio of the means.
  let [above, below] = [0, 0];
  for (let code = 0; code < 243; code++) {
    const rows = Array.from({ length: 5 }, (_, i) => points[Math.floor(code / 3 ** i) % 3]);
    const { product, square } = unbiasedTraces(centredGram(gramOf(rows), 5, 5));
    above += product / 243;
    below += square / 243;
  }
  // tr Σ = 1.388…, tr Σ² = 1.0216… of the three points.
  expect(above).toBeCloseTo(1.9290123456790123, 12);
  expect(below).toBeCloseTo(1.021604938271605, 12);
});

test('traces without some rows are those of the rest', () => {
  const { data } = uniformRows(9, 4, 6);
  const inner = (a: number, b: number) =>
    [0, 1, 2, 3].reduce((sum, c) => sum + data[4 * a + c] * data[4 * b + c], 0);
  const gramOf = (rows: readonly number[]) =>
    Float64Array.from(rows.flatMap((a) => rows.map((b) => inner(a, b))));
  const all = centredGram(gramOf([0, 1, 2, 3, 4, 5, 6, 7, 8]), 9, 9);
  const rest = unbiasedTraces(centredGram(gramOf([0, 1, 3, 4, 6, 7, 8]), 7, 7));
  const without = unbiasedTraces(all, [5, 2]);
  expect(without.product).toBeCloseTo(rest.product, 12);
  expect(without.square).toBeCloseTo(rest.square, 12);
});
