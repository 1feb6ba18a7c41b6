import { describe, expect, test } from 'vitest';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { expectDecodedProducts } from '../../testing/decoded-products.ts';
import { opq } from './opq.ts';
import { pq } from './pq.ts';
import { squaredError } from './support/product-codes.ts';

/** Normal rows whose columns are mixtures of a few directions that vary less and less. */
function correlated(n: number, d: number, random: Random): Matrix<Float32Array> {
  const mixing = Float64Array.from({ length: d * d }, () => random.normal());
  const data = new Float32Array(n * d);
  for (let i = 0; i < n; i++) {
    for (let a = 0; a < d; a++) {
      const z = random.normal() / (1 + a) ** 1.5;
      for (let c = 0; c < d; c++) data[i * d + c] += z * mixing[a * d + c];
    }
  }
  return matrix(data, n, d);
}

function errorOf(rows: Matrix, others: Matrix): number {
  return squaredError(rows, others) / rows.rows;
}

const points = correlated(1500, 12, Random.fromSeed(3));

describe('opq', () => {
  test('few queries and many have the products of the decoded rows', async () => {
    for (const options of [{ bytes: 3 }, { bytes: 2, centroids: '16' }] as const)
      await expectDecodedProducts(opq, points, options);
  });

  test('the example of its page', async () => {
    const rows = matrix(new Float32Array([1, 1, 2, 2, 3, 3, 4, 4]), 4, 2);
    const { codes, facts } = await opq(rows, { bytes: 1 });
    expect([codes.bytesPerVector, facts['squaresLost'].toFixed(6)]).toEqual([1, '0.000000']);
  });

  test('loses less than half of what pq loses of correlated rows, in as many bytes, also of new rows', async () => {
    const fresh = correlated(3000, 12, Random.fromSeed(3));
    const others = matrix(fresh.data.subarray(1500 * 12), 1500, 12);
    for (const options of [{ bytes: 3 }, { bytes: 2, centroids: '16' }] as const) {
      const [own, plain] = [await opq(points, options), await pq(points, options)];
      expect(own.bytesPerVector).toBe(plain.bytesPerVector);
      expect(own.facts['squaresLost']).toBeLessThan(0.5 * plain.facts['squaresLost']);
      const [turning, still] = [await opq.ready(own.model), await pq.ready(plain.model)];
      const [a, b] = [await turning.encode(others), await still.encode(others)];
      expect(errorOf(others, await turning.decode(a))).toBeLessThan(
        errorOf(others, await still.decode(b)),
      );
    }
  });

  test('rounds lower the error that principal axes alone leave', async () => {
    const errors: number[] = [];
    for (const rounds of [0, 1, 20]) {
      const { facts } = await opq(points, { bytes: 3, centroids: '16', rounds });
      expect(facts['rounds']).toBeLessThanOrEqual(rounds);
      errors.push(facts['squaresLost']);
    }
    expect(errors[1]).toBeLessThan(errors[0]);
    expect(errors[2]).toBeLessThan(errors[1]);
  });

  test('the rotation is orthogonal, and the error is that of the decoded rows', async () => {
    const { codes, model, facts } = await opq(points, { bytes: 3 });
    const { data } = model.parameters.find(({ name }) => name === 'rotation') ?? { data: [] };
    for (let a = 0; a < 12; a++) {
      for (let b = 0; b < 12; b++) {
        let sum = 0;
        for (let c = 0; c < 12; c++) sum += data[12 * a + c] * data[12 * b + c];
        // Twelve products of float32 numbers.
        expect(Math.abs(sum - (a === b ? 1 : 0))).toBeLessThan(2e-6);
      }
    }
    const back = await (await opq.ready(model)).decode(codes);
    const mean = Float64Array.from({ length: 12 }, (_, c) =>
      points.data.reduce((sum, x, e) => sum + (e % 12 === c ? x / 1500 : 0), 0),
    );
    const all = points.data.reduce((sum, x, e) => sum + (x - mean[e % 12]) ** 2, 0) / 1500;
    expect(errorOf(points, back) / all).toBeCloseTo(facts['squaresLost'], 5);
  });

  test('principal axes are dealt so that parts of one coordinate get one each, whatever their order', async () => {
    // Two coordinates that vary much stand side by side: pq spends one byte on both.
    const random = Random.fromSeed(6);
    const data = Float32Array.from(
      { length: 4000 },
      (_, e) => [1, 1, 0.01, 0.01][e % 4] * random.normal(),
    );
    const rows = matrix(data, 1000, 4);
    const [own, plain] = [
      await opq(rows, { bytes: 1, centroids: '16', rounds: 0 }),
      await pq(rows, { bytes: 1, centroids: '16' }),
    ];
    // Four bits a coordinate leave 0.0095 of its variance; four bits for both leave a quarter of the squares or so.
    expect(own.facts['squaresLost']).toBeLessThan(0.015);
    expect(plain.facts['squaresLost']).toBeGreaterThan(0.05);
  });

  test('fewer rows than dimensions, equal rows and constant columns are coded without a loss', async () => {
    const few = matrix(points.data.subarray(0, 60), 5, 12);
    const found = await opq(few);
    const back = await (await opq.ready(found.model)).decode(found.codes);
    // Rotated there and back in float32.
    expect(errorOf(few, back)).toBeLessThan(1e-9);
    expect(found.warnings[0]).toContain('5 rows are fewer than 256 centroids');
    const same = matrix(new Float32Array(900).fill(2), 300, 3);
    const { model, codes, facts } = await opq(same);
    expect(facts['squaresLost']).toBe(0);
    expect(errorOf(same, await (await opq.ready(model)).decode(codes))).toBeLessThan(1e-12);
  });

  test('refuses more bytes than coordinates in a sentence', async () => {
    await expect(opq(points, { bytes: 13 })).rejects.toThrow(
      'opq: option "bytes" must be at most 12',
    );
  });
});
