import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Matrix, matrix } from '../../../../core/matrix.ts';
import { unitRows } from '../../../../core/rows.ts';
import { spanningTreeOf } from '../../../../structures/trees/spanning-tree.ts';
import { fromRows, simplex, uniformRows } from '../../../../testing/points.ts';
import { ripsBars } from './rips.ts';

const fixture = JSON.parse(
  readFileSync(
    new URL('../../../../structures/neighbors/fixtures/neighbors.fixture.json', import.meta.url),
    'utf8',
  ),
);

function circle(n: number): Matrix {
  return fromRows(
    Array.from({ length: n }, (_, i) => {
      const angle = (2 * Math.PI * i) / n;
      return [Math.cos(angle), Math.sin(angle)];
    }),
  );
}

test('60 rows have the bars that GUDHI finds, in degrees 0 and 1', async () => {
  const raw = matrix(Float64Array.from(fixture.data), fixture.n, fixture.d);
  const { points } = unitRows('fixture', raw);
  const bars = ripsBars(points).sort((a, b) => a.birth - b.birth || a.death - b.death);
  expect(bars).toHaveLength(fixture.h1.length);
  for (const [i, [birth, death]] of fixture.h1.entries()) {
    expect(bars[i].birth).toBeCloseTo(birth, 12);
    expect(bars[i].death).toBeCloseTo(death, 12);
  }
  const { lengths } = await spanningTreeOf(points);
  for (const [i, death] of fixture.h0.entries()) expect(lengths[i]).toBeCloseTo(death, 12);
});

test('a regular polygon has one loop, from its side to the chord of a third of the circle', () => {
  for (const n of [12, 30]) {
    const bars = ripsBars(circle(n));
    expect(bars).toHaveLength(1);
    expect(bars[0].birth).toBeCloseTo(2 * Math.sin(Math.PI / n), 12);
    expect(bars[0].death).toBeCloseTo(Math.sqrt(3), 12);
  }
});

test('a flat torus has two loops of one length, a sphere and a simplex none that last', () => {
  const torus = fromRows(
    Array.from({ length: 144 }, (_, i) => {
      const [a, b] = [(Math.PI * (i % 12)) / 6, (Math.PI * Math.floor(i / 12)) / 6];
      return [Math.cos(a), Math.sin(a), Math.cos(b), Math.sin(b)].map((x) => x / Math.SQRT2);
    }),
  );
  const [first, second, third] = ripsBars(torus);
  expect(first.death).toBeCloseTo(Math.sqrt(1.5), 9);
  expect(second.death).toBeCloseTo(Math.sqrt(1.5), 9);
  // The others are squares of the grid, from their side to their diagonal.
  const side = Math.SQRT2 * Math.sin(Math.PI / 12);
  expect(third.birth).toBeCloseTo(side, 9);
  expect(third.death).toBeCloseTo(side * Math.SQRT2, 9);
  const [longest] = ripsBars(uniformRows(200, 3, 1));
  expect(longest.death - longest.birth).toBeLessThan((first.death - first.birth) / 2);
  expect(ripsBars(simplex(6))).toEqual([]);
});
