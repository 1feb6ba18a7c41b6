import { describe, expect, test } from 'vitest';
import { matrix, zeros } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { pca } from './pca.ts';

const random = Random.fromSeed(9);
/** Standard deviations 1, 1/2, 1/4, … about (3, 3, …). */
const points = zeros(400, 8);
for (let e = 0; e < points.data.length; e++) points.data[e] = 3 + random.normal() * 2 ** -(e % 8);

const decoded = async (options: object) => {
  const { codes, model, facts, warnings } = await pca(points, options);
  return { rows: await (await pca.ready(model)).decode(codes), facts, warnings, codes };
};

const squares = (a: ArrayLike<number>) =>
  points.data.reduce((sum, x, e) => sum + (x - a[e]) ** 2, 0);

describe('pca', () => {
  test('the example of its page', async () => {
    const line = matrix(new Float32Array([0, 0, 1, 1, 2, 2]), 3, 2);
    const { codes, model } = await pca(line, { dims: 1 });
    const { data } = await (await pca.ready(model)).decode(codes);
    expect([codes.bytesPerVector, data[5].toFixed(3)]).toEqual([4, '2.000']);
  });

  test('all coordinates bring the rows back', async () => {
    const { rows } = await decoded({ dims: 8 });
    // Float32 rows of numbers near 3, turned twice.
    rows.data.forEach((x, e) => {
      expect(Math.abs(x - points.data[e])).toBeLessThan(1e-5);
    });
  });

  test('what is lost is what squaresKept says, and less than without the first columns', async () => {
    const { rows, facts } = await decoded({ dims: 2 });
    const means = Array.from({ length: 8 }, (_, c) =>
      Array.from({ length: 400 }, (_, i) => points.data[i * 8 + c]).reduce(
        (a, b) => a + b / 400,
        0,
      ),
    );
    const all = squares(points.data.map((_, e) => means[e % 8]));
    const lost = squares(rows.data) / all;
    expect(1 - lost).toBeCloseTo(facts['squaresKept'], 4);
    const columns = squares(points.data.map((x, e) => (e % 8 < 2 ? x : means[e % 8]))) / all;
    expect(lost).toBeLessThan(columns);
  });

  test('keeps a fourth of the columns where nothing is said; as f2 in half the bytes', async () => {
    expect((await decoded({})).codes.bytesPerVector).toBe(8);
    const { codes, rows } = await decoded({ type: 'f2' });
    expect(codes.bytesPerVector).toBe(4);
    const { rows: whole } = await decoded({});
    rows.data.forEach((x, e) => {
      expect(Math.abs(x - whole.data[e])).toBeLessThan(4 * 2 ** -10);
    });
  });

  test('fewer rows than coordinates: it says how many directions there are, and loses nothing', async () => {
    const few = matrix(points.data.slice(0, 24), 3, 8);
    const { codes, model, warnings } = await pca(few, { dims: 5 });
    expect(warnings).toEqual([
      'The rows vary along 2 directions only: the other 3 of the 5 coordinates are 0.',
    ]);
    const { data } = await (await pca.ready(model)).decode(codes);
    data.forEach((x, e) => {
      expect(Math.abs(x - few.data[e])).toBeLessThan(1e-5);
    });
  });

  test('equal rows come back, and all of their squares are kept', async () => {
    const { codes, model, facts } = await pca([
      [1, 2],
      [1, 2],
    ]);
    expect([...(await (await pca.ready(model)).decode(codes)).data]).toEqual([1, 2, 1, 2]);
    expect(facts['squaresKept']).toBe(1);
  });
});
