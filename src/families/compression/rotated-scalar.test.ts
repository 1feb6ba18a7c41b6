import { describe, expect, test } from 'vitest';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { uniformPoints } from '../../manifolds/sampling.ts';
import { normalDistortion, normalLevels } from '../../numerics/laws/normal-levels.ts';
import { expectDecodedProducts } from '../../testing/decoded-products.ts';
import { rotatedScalar } from './rotated-scalar.ts';
import { squaredError } from './support/product-codes.ts';

const points = uniformPoints(1000, 128, Random.fromSeed(1));

function errorOf(rows: Matrix, others: Matrix): number {
  return squaredError(rows, others) / rows.rows;
}

async function codedAndBack(rows: Matrix, options: Parameters<typeof rotatedScalar>[1]) {
  const { codes, model, facts } = await rotatedScalar(rows, options);
  return { codes, facts, back: await (await rotatedScalar.ready(model)).decode(codes) };
}

/** The n unit vectors along the axes. */
function axesOf(n: number): Matrix {
  return matrix(
    Float32Array.from({ length: n * n }, (_, e) => (e % (n + 1) === 0 ? 1 : 0)),
    n,
    n,
  );
}

describe('rotated-scalar', () => {
  test('few queries and many have the products of the decoded rows', async () => {
    for (const options of [1, 2, 3, 4, 8].map((bits) => ({ bits })))
      await expectDecodedProducts(rotatedScalar, points, options);
  });

  test('the example of its page', async () => {
    const { codes, facts } = await rotatedScalar(points, { bits: 2 });
    expect([codes.bytesPerVector, facts['squaresLost'].toFixed(2)]).toEqual([34, '0.12']);
  });

  test('loses what the best levels of a normal law lose: 0.363, 0.117, 0.0345, 0.0095 at 1 to 4 bits', async () => {
    const wide = uniformPoints(300, 512, Random.fromSeed(2));
    for (const [i, expected] of [0.3634, 0.1175, 0.03455, 0.009501].entries()) {
      const options = { bits: i + 1, factor: 'least-squares', center: 'zero' } as const;
      const { facts, back } = await codedAndBack(wide, options);
      // 153,600 coordinates; those of a vector of fixed length have lighter tails and lose a hundredth less at d = 512.
      expect(Math.abs(facts['squaresLost'] / expected - 1)).toBeLessThan(0.02);
      expect(errorOf(wide, back)).toBeCloseTo(facts['squaresLost'], 3);
    }
  });

  test('the unbiased factor loses D/(1 − D)', async () => {
    const { facts } = await rotatedScalar(points, { bits: 1, factor: 'unbiased' });
    const least = normalDistortion(normalLevels(2));
    expect(Math.abs((facts['squaresLost'] * (1 - least)) / least - 1)).toBeLessThan(0.03);
  });

  test.each(['hadamard', 'dense'] as const)(
    'rows along the axes, the farthest from normal, lose no more than others (%s)',
    async (rotation) => {
      for (const d of [64, 100]) {
        const options = { bits: 4, factor: 'least-squares', center: 'zero', rotation } as const;
        const { facts } = await codedAndBack(axesOf(d), options);
        expect(facts['squaresLost']).toBeLessThan(0.0095 * 1.15);
        expect(facts['squaresLost']).toBeGreaterThan(0.0095 * 0.85);
      }
    },
  );

  test('products are right in the mean over rotations; those of least squares are shorter by 2/π at one bit', async () => {
    const random = Random.fromSeed(9);
    const pair = uniformPoints(2, 24, random);
    const [q, x] = [pair.data.subarray(0, 24), pair.data.subarray(24)];
    const truth = q.reduce((sum, z, c) => sum + z * x[c], 0);
    const found = async (factor: 'unbiased' | 'least-squares') => {
      const values: number[] = [];
      for (let seed = 0; seed < 300; seed++) {
        const { codes, model } = await rotatedScalar(matrix(x, 1, 24), {
          bits: 1,
          factor,
          center: 'zero',
          rotation: 'dense',
          seed,
        });
        const ready = await rotatedScalar.ready(model);
        values.push((await ready.products(matrix(q, 1, 24), codes)).data[0]);
      }
      const mean = values.reduce((sum, value) => sum + value) / values.length;
      const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 299;
      return { mean, error: Math.sqrt(square / 300) };
    };
    const own = await found('unbiased');
    // Four standard errors.
    expect(Math.abs(own.mean - truth)).toBeLessThan(4 * own.error);
    const short = await found('least-squares');
    // The share at d = 24: 2/π and a little more.
    expect(Math.abs(short.mean / truth - 2 / Math.PI)).toBeLessThan(
      0.02 + (4 * short.error) / Math.abs(truth),
    );
  });

  test('each further bit divides the error by 3 to 4, and eight bits leave 4e-5', async () => {
    const errors: number[] = [];
    for (let bits = 1; bits <= 8; bits++) {
      const { codes, facts } = await codedAndBack(points, { bits, factor: 'least-squares' });
      expect(codes.bytesPerVector).toBe(16 * bits + 2);
      errors.push(facts['squaresLost']);
    }
    for (let i = 1; i < 8; i++) {
      expect(errors[i - 1] / errors[i]).toBeGreaterThan(2.9);
      expect(errors[i - 1] / errors[i]).toBeLessThan(4);
    }
    expect(errors[7]).toBeLessThan(5e-5);
  });

  test('any number of columns, and any bits, come back near', async () => {
    for (const d of [1, 2, 3, 5, 7, 33]) {
      const rows = uniformPoints(50, d, Random.fromSeed(d));
      for (const bits of [3, 5, 8]) {
        const { codes, facts, back } = await codedAndBack(rows, { bits });
        expect(codes.bytesPerVector).toBe(Math.ceil((d * bits) / 8) + 2);
        expect(facts['squaresLost']).toBeLessThan(0.06);
        // The mean of the rows is not 0, so that the share is of less than 1.
        expect(errorOf(rows, back)).toBeLessThan(facts['squaresLost'] + 1e-4);
      }
    }
  });

  test('rows of any size and far from 0: the mean is taken off', async () => {
    for (const size of [1e-20, 1, 1e15]) {
      const rows = matrix(
        points.data.map((x) => size * (x + 3)),
        1000,
        128,
      );
      const { facts, back } = await codedAndBack(rows, { factor: 'least-squares' });
      // As lossy as the rows about their mean; d = 128 loses a thirtieth less than many columns.
      expect(Math.abs(facts['squaresLost'] / 0.009501 - 1)).toBeLessThan(0.05);
      const near = matrix(
        back.data.map((x) => x / size - 3),
        1000,
        128,
      );
      expect(errorOf(points, near)).toBeLessThan(0.01);
    }
  });

  test('equal rows and single ones come back to the bit', async () => {
    const same = matrix(new Float32Array(30).fill(0.1), 3, 10);
    const { back, facts } = await codedAndBack(same, {});
    expect([back.data, facts['squaresLost']]).toEqual([same.data, 0]);
    const one = matrix(Float32Array.of(1, 2, 3), 1, 3);
    expect((await codedAndBack(one, {})).back.data).toEqual(one.data);
  });

  test('refuses a factor beyond half precision, says the way out, and the way out works', async () => {
    const far = [Array.from({ length: 128 }, () => 1e6)];
    const { model } = await rotatedScalar(points);
    await expect((await rotatedScalar.ready(model)).encode(far)).rejects.toThrow(
      /^rotated-scalar: row 1 lies 1\.1e\+7 times as far from the mean as the fitted rows; f2 holds factors up to 65,504: take type f4, or scale the row\.$/,
    );
    const wide = await rotatedScalar.ready((await rotatedScalar(points, { type: 'f4' })).model);
    const { data } = await wide.decode(await wide.encode(far));
    data.forEach((x) => {
      expect(Math.abs(x / 1e6 - 1)).toBeLessThan(0.5);
    });
  });

  test('the seed decides the rotation', async () => {
    const [a, b] = [await rotatedScalar(points, { seed: 1 }), await rotatedScalar(points)];
    const other = await rotatedScalar(points, { seed: 2 });
    expect(a.codes.bytes.length).toBe(b.codes.bytes.length);
    expect(a.codes).not.toEqual(other.codes);
    expect(await rotatedScalar(points, { seed: 2 })).toEqual(other);
  });
});
