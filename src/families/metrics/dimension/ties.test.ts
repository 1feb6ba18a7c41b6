import { describe, expect, test } from 'vitest';
import { matrix, toFloat32, zeros64 } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { uniformRows } from '../../../testing/points.ts';
import { gride, localTwoNn, mleDimension, twoNn } from '../index.ts';

/** n unit vectors of n axes. */
function axes(n: number) {
  const points = zeros64(n, n);
  for (let i = 0; i < n; i++) points.data[i * n + i] = 1;
  return points;
}

describe.each([twoNn, gride, mleDimension, localTwoNn])('$spec.id', (metric) => {
  test.each([
    ['float64', axes(30)],
    ['float32', toFloat32(axes(30))],
  ] as const)('equidistant rows have none, and it is said (%s)', async (_, points) => {
    const { value, low, warnings } = await metric(points);
    expect(value).toBeNaN();
    expect(low).toBeUndefined();
    expect(warnings).toEqual([
      'the neighbours of each row are all equally far away: their distances tell no dimension.',
    ]);
  });

  test('a grid of whole numbers gets a warning, and uniform rows get none', async () => {
    const random = Random.fromSeed(9);
    const grid = matrix(
      Float64Array.from({ length: 1200 }, () => Math.floor(4 * random.uniform()) - 1.5),
      300,
      4,
    );
    expect((await metric(grid)).warnings.join()).toMatch(/many ties: \d+ % of the distances/);
    expect((await metric(uniformRows(300, 4, 1))).warnings).toEqual([]);
  });
});

test('more dimensions than columns are not to be trusted, and it is said', async () => {
  // Ratios of r₂ to r₁ next to 1: pairs of rows at nearly the same distance from all others.
  const points = axes(30);
  for (let e = 0; e < 900; e++) points.data[e] += 1e-3 * Math.sin(e * e);
  const { value, warnings } = await twoNn(points);
  expect(value).toBeGreaterThan(30);
  expect(warnings).toContainEqual(expect.stringMatching(/is more than the 30 columns/));
});

describe.each([twoNn, gride, mleDimension])('$spec.id', (metric) => {
  test('a plane through the origin has two dimensions as it came, one when scaled', async () => {
    const random = Random.fromSeed(5);
    const data = new Float64Array(400 * 6);
    for (let i = 0; i < 400; i++) {
      data[6 * i] = random.normal();
      data[6 * i + 3] = random.normal();
    }
    const plane = matrix(data, 400, 6);
    expect((await metric(plane)).value).toBeCloseTo(1, 0);
    const raw = await metric(plane, { rows: 'raw' });
    expect(Math.abs(raw.value - 2)).toBeLessThan(0.3);
    expect(raw.null).toBeUndefined();
    // The number does not see where the origin is, nor the unit of length.
    const moved = matrix(
      data.map((x, e) => 1e4 * (x + (e % 6))),
      400,
      6,
    );
    expect((await metric(moved, { rows: 'raw' })).value).toBeCloseTo(raw.value, 6);
  });

  test('the table has the estimate as published beside the value', async () => {
    const { value, table = [] } = await metric(uniformRows(400, 12, 2));
    const [{ corrected, 'as published': published }] = table;
    expect(corrected).toBe(value);
    expect(published).toBeLessThan(value);
  });
});
