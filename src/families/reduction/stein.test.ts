import { describe, expect, test } from 'vitest';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { pca } from './pca.ts';
import { stein } from './stein.ts';

function normalRows(n: number, d: number, seed: number): Matrix<Float64Array> {
  const random = Random.fromSeed(seed);
  return matrix(
    Float64Array.from({ length: n * d }, () => random.normal()),
    n,
    d,
  );
}

/** f of each row, n × 1. */
function linked({ data, rows: n, cols: d }: Matrix, f: (row: number[]) => number) {
  const values = Float64Array.from({ length: n }, (_, i) =>
    f(Array.from(data.subarray(i * d, (i + 1) * d))),
  );
  return matrix(values, n, 1);
}

async function axesOf(points: Matrix, options: object, responses?: Matrix) {
  const { model } = await stein(points, options, { responses });
  return model.parameters.find(({ name }) => name === 'axes')?.data ?? new Float64Array();
}

/** |cosine| of a vector and the first axis. */
const alongFirst = (axis: ArrayLike<number>) => Math.abs(axis[0]) / Math.hypot(...Array.from(axis));

const columnOf = ({ data, cols }: Matrix, c: number) =>
  Float64Array.from(data).filter((_, e) => e % cols === c);

function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const mean = (x: ArrayLike<number>) => Array.from(x).reduce((sum, v) => sum + v, 0) / x.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i] - ma) * (b[i] - mb);
    aa += (a[i] - ma) ** 2;
    bb += (b[i] - mb) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

describe('the first order', () => {
  test('under the Gaussian score and without shrinkage one response gives the least-squares direction', async () => {
    const points = normalRows(60, 3, 1);
    const y = linked(points, ([a, b, c]) => 2 * a - b + 0.5 * c);
    const axis = await axesOf(points, { dim: 1, shrinkage: 0 }, y);
    // Exact: z = wᵀ(Σ^½β)/‖…‖ of y = βᵀx without noise, whatever the covariance.
    expect(axis[0] / axis[1]).toBeCloseTo(-2, 9);
    expect(axis[2] / axis[1]).toBeCloseTo(-0.5, 9);
  });

  test('without responses it is whitened PCA', async () => {
    const points = normalRows(80, 4, 2);
    for (let e = 0; e < points.data.length; e++) points.data[e] *= [5, 3, 1, 0.2][e % 4];
    const flat = await pca(points, { dim: 2 });
    const { points: z } = await stein(points, { dim: 2, shrinkage: 0 });
    for (const c of [0, 1]) {
      const [own, other] = [columnOf(z, c), columnOf(flat.points, c)];
      expect(Math.abs(correlation(own, other))).toBeCloseTo(1, 9);
      expect(own.reduce((sum, x) => sum + x * x, 0) / 80).toBeCloseTo(1, 9);
    }
  });

  test('an invertible map of the columns changes no coordinate but its sign', async () => {
    const points = normalRows(70, 2, 3);
    const y = linked(points, ([a, b]) => Math.tanh(a + 2 * b));
    const mapped = matrix(points.data.slice(), 70, 2);
    for (let i = 0; i < 70; i++) {
      const [a, b] = points.data.subarray(2 * i, 2 * i + 2);
      mapped.data.set([3 * a + b + 4, a - 20 * b], 2 * i);
    }
    const run = { responses: y };
    const before = await stein(points, { dim: 1, shrinkage: 0 }, run);
    const after = await stein(mapped, { dim: 1, shrinkage: 0 }, run);
    const sign = Math.sign(before.points.data[0] * after.points.data[0]);
    before.points.data.forEach((z, i) => {
      expect(sign * after.points.data[i]).toBeCloseTo(z, 9);
    });
  });

  test('finds no even link; the second order does', async () => {
    const points = normalRows(3000, 8, 4);
    for (const link of [(t: number) => t * t, (t: number) => Math.cos(t)]) {
      const y = linked(points, ([a]) => link(a));
      // The angle's square is about d·c/n with c some ten: well below 0.2².
      expect(alongFirst(await axesOf(points, { dim: 1, order: 2 }, y))).toBeGreaterThan(0.95);
      expect(alongFirst(await axesOf(points, { dim: 1, order: 1 }, y))).toBeLessThan(0.95);
    }
  });
});

describe('the second order', () => {
  test('responses that sum to a constant do not cancel', async () => {
    const points = normalRows(3000, 6, 5);
    const inside = linked(points, ([a]) => (Math.abs(a) < 0.7 ? 1 : 0));
    const both = matrix(new Float64Array(6000), 3000, 2);
    for (const [i, x] of inside.data.entries()) both.data.set([x, 1 - x], 2 * i);
    expect(alongFirst(await axesOf(points, { dim: 1, order: 2 }, both))).toBeGreaterThan(0.95);
  });

  test('a rotation of the responses changes nothing', async () => {
    const points = normalRows(200, 3, 6);
    const y = normalRows(200, 2, 7);
    const turned = matrix(new Float64Array(400), 200, 2);
    for (let i = 0; i < 200; i++) {
      const [a, b] = y.data.subarray(2 * i, 2 * i + 2);
      turned.data.set([0.6 * a - 0.8 * b, 0.8 * a + 0.6 * b], 2 * i);
    }
    for (const order of [1, 2]) {
      const before = await axesOf(points, { dim: 2, order }, y);
      const after = await axesOf(points, { dim: 2, order }, turned);
      for (const [e, x] of before.entries()) expect(after[e]).toBeCloseTo(x, 9);
    }
  });
});

describe('other scores', () => {
  test('of rows that are far from normal the mixture finds the direction that the Gaussian score misses', async () => {
    // Two clouds apart along b; y is the cube of a. The Gaussian score at second order sees the clouds, too.
    const points = normalRows(4000, 4, 8);
    for (let i = 0; i < 4000; i++) points.data[4 * i + 1] += i % 2 === 0 ? 5 : -5;
    const y = linked(points, ([a, b]) => a * a + 0.4 * Math.abs(b));
    const options = { dim: 1, order: 2, components: 2 } as const;
    const gaussian = alongFirst(await axesOf(points, { ...options, score: 'gaussian' }, y));
    const mixture = alongFirst(await axesOf(points, { ...options, score: 'mixture' }, y));
    expect(mixture).toBeGreaterThan(0.98);
    expect(mixture).toBeGreaterThan(gaussian);
  });

  test('one normal is the Gaussian score', async () => {
    const points = normalRows(100, 3, 9);
    const y = linked(points, ([a, b]) => a * a + b);
    for (const order of [1, 2]) {
      const options = { dim: 1, order, shrinkage: 0 };
      const gaussian = await axesOf(points, options, y);
      const mixture = await axesOf(points, { ...options, score: 'mixture', components: 1 }, y);
      for (const [e, x] of mixture.entries()) expect(x).toBeCloseTo(gaussian[e], 8);
    }
  });

  test('the kernel finds a link of normal rows, and as wide a kernel as can be is the Gaussian score', async () => {
    const points = normalRows(900, 3, 10);
    const y = linked(points, ([a]) => a ** 3);
    expect(alongFirst(await axesOf(points, { dim: 1, score: 'kernel' }, y))).toBeGreaterThan(0.9);
    const wide = { dim: 1, score: 'kernel', bandwidth: 300 } as const;
    const [kernel, gaussian] = [await axesOf(points, wide, y), await axesOf(points, { dim: 1 }, y)];
    for (const [e, x] of kernel.entries()) expect(x).toBeCloseTo(gaussian[e], 2);
  });
});

describe('edges', () => {
  test('constant and repeated columns: no direction but those in which rows vary', async () => {
    const points = matrix(new Float64Array(120), 30, 4);
    const free = normalRows(30, 2, 11);
    for (let i = 0; i < 30; i++) {
      const [a, b] = free.data.subarray(2 * i, 2 * i + 2);
      points.data.set([a, 7, b, a], 4 * i);
    }
    const y = linked(free, ([a]) => a);
    const { points: z } = await stein(points, { dim: 1, shrinkage: 0 }, { responses: y });
    expect(Math.abs(correlation(z.data, y.data))).toBeCloseTo(1, 9);
    await expect(stein(points, { dim: 3 })).rejects.toThrow(
      'at most 2 (the directions in which the rows vary)',
    );
  });

  test('fewer rows than columns: shrinkage keeps new rows finite and the fitted ones apart', async () => {
    const points = normalRows(10, 30, 12);
    const { points: z, facts } = await stein(points, { dim: 2 });
    expect(z.data.every(Number.isFinite)).toBe(true);
    expect(facts['shrinkage']).toBeGreaterThan(0.5);
  });

  test('more columns than responses at first order, equal rows and too many normals are refused', async () => {
    const points = normalRows(20, 3, 13);
    const responses = linked(points, ([a]) => a);
    await expect(stein(points, { dim: 2 }, { responses })).rejects.toThrow(
      'at most 1 (one a response; --order 2 finds more)',
    );
    const equal = matrix(new Float64Array(12).fill(2), 4, 3);
    await expect(stein(equal, {})).rejects.toThrow('expected rows that differ; all 4 are the same');
    await expect(stein(points, { score: 'mixture', components: 21 })).rejects.toThrow(
      'at most the 20 rows',
    );
  });

  test('columns of which the responses say nothing are told', async () => {
    const points = normalRows(40, 3, 14);
    const y = linked(points, ([a]) => a);
    const twice = matrix(
      Float64Array.from({ length: 80 }, (_, e) => y.data[e >> 1]),
      40,
      2,
    );
    const { warnings } = await stein(points, { dim: 2 }, { responses: twice });
    expect(warnings).toEqual([
      'the moments have rank 1: columns after that say nothing of the responses.',
    ]);
    const flat = matrix(new Float64Array(40).fill(3), 40, 1);
    expect((await stein(points, { dim: 1 }, { responses: flat })).warnings).toEqual([
      'the responses do not vary with the rows: no column means anything.',
    ]);
  });
});
