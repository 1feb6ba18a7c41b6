import { describe, expect, test } from 'vitest';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { uniformPoints } from '../../manifolds/sampling.ts';
import { expectDecodedProducts } from '../../testing/decoded-products.ts';
import { pq } from './pq.ts';
import { squaredError } from './support/product-codes.ts';

const points = uniformPoints(600, 10, Random.fromSeed(3));

function errorOf(rows: Matrix, others: Matrix): number {
  return squaredError(rows, others) / rows.rows;
}

/** Rows whose first half is one of `count` vectors, and whose second half is one of as many others. */
function productOfClusters(n: number, count: number, half: number, random: Random) {
  const places = Float32Array.from({ length: 2 * count * half }, () => random.normal());
  const data = new Float32Array(2 * n * half);
  for (let i = 0; i < n; i++) {
    const [a, b] = [random.integer(count), count + random.integer(count)];
    data.set(places.subarray(a * half, (a + 1) * half), 2 * i * half);
    data.set(places.subarray(b * half, (b + 1) * half), (2 * i + 1) * half);
  }
  return matrix(data, n, 2 * half);
}

describe('pq', () => {
  test('few queries and many have the products of the decoded rows', async () => {
    for (const options of [{ bytes: 3 }, { bytes: 2, centroids: '16' }] as const)
      await expectDecodedProducts(pq, points, options);
  });

  test('the example of its page', async () => {
    const rows = matrix(new Float32Array([1, 2, 3, 4, 5, 6, 7, 8]), 4, 2);
    const { codes, model } = await pq(rows, { bytes: 1 });
    const { data } = await (await pq.ready(model)).decode(codes);
    expect([codes.bytesPerVector, data.join(' ')]).toEqual([1, '1 2 3 4 5 6 7 8']);
  });

  test.each([
    ['256', 2, 40],
    ['16', 1, 16],
  ] as const)(
    'with %s centroids, rows of known clusters in each part come back to the bit in %i bytes',
    async (centroids, bytes, count) => {
      // Far more different rows than centroids.
      const rows = productOfClusters(2000, count, 3, Random.fromSeed(5));
      const { codes, model, facts } = await pq(rows, { bytes, centroids });
      expect(codes.bytesPerVector).toBe(bytes);
      expect((await (await pq.ready(model)).decode(codes)).data).toEqual(rows.data);
      expect(facts['squaresLost']).toBe(0);
    },
  );

  test('by default a byte for every four coordinates, and parts differ by one in length', async () => {
    const { codes, model } = await pq(points);
    expect(codes.bytesPerVector).toBe(3);
    expect(model.settings['parts']).toBe(3);
    const { codes: small, model: nibbles } = await pq(points, { centroids: '16' });
    expect([small.bytesPerVector, nibbles.settings['parts']]).toEqual([3, 6]);
  });

  test('an odd number of parts of 16 centroids leaves half a byte', async () => {
    const five = matrix(points.data.subarray(0, 3000), 600, 5);
    const { codes, model } = await pq(five, { bytes: 3, centroids: '16' });
    expect([codes.bytesPerVector, model.settings['parts']]).toEqual([3, 5]);
    for (let i = 0; i < 600; i++) expect(codes.bytes[3 * i + 2]).toBeLessThan(16);
  });

  test('more bytes lose less, and 256 centroids of one coordinate nearly nothing', async () => {
    const errors: number[] = [];
    for (const bytes of [1, 2, 5, 10]) {
      const { codes, model, facts } = await pq(points, { bytes });
      const error = errorOf(points, await (await pq.ready(model)).decode(codes));
      // The mean of the rows is near 0, their squares are 1.
      expect(facts['squaresLost']).toBeCloseTo(error, 2);
      errors.push(error);
    }
    expect(errors).toEqual(errors.toSorted((a, b) => b - a));
    expect(errors[3]).toBeLessThan(1e-3);
  });

  test('no row is nearer to another combination of centroids than to its own', async () => {
    const { codes, model } = await pq(points, { bytes: 2, centroids: '16' });
    const ready = await pq.ready(model);
    const own = await ready.decode(codes);
    for (let part = 0; part < 4; part++) {
      for (let other = 0; other < 16; other++) {
        const bytes = codes.bytes.map((byte, e) => {
          if (e % 2 !== part >> 1) return byte;
          return part % 2 === 0 ? (byte & 240) | other : (byte & 15) | (other << 4);
        });
        const { data } = await ready.decode({ ...codes, bytes });
        for (let i = 0; i < 600; i++) {
          const distance = (rows: ArrayLike<number>) =>
            points.data
              .subarray(10 * i, 10 * i + 10)
              .reduce((sum, x, c) => sum + (x - rows[10 * i + c]) ** 2, 0);
          expect(distance(own.data)).toBeLessThanOrEqual(distance(data) + 1e-6);
        }
      }
    }
  });

  test('fewer rows than centroids come back, with a warning', async () => {
    const few = matrix(points.data.subarray(0, 200), 20, 10);
    const { codes, model, warnings } = await pq(few);
    expect((await (await pq.ready(model)).decode(codes)).data).toEqual(few.data);
    expect(warnings).toEqual([
      '20 rows are fewer than 256 centroids, each part has 20: rows that come later lose more than these; centroids 16 ask for fewer.',
    ]);
    const one = await pq([[1, 2, 3]], { centroids: '16' });
    expect(one.warnings[0]).toContain(
      '1 row is fewer than 16 centroids, each part has 1: rows that come later',
    );
  });

  test('rows that come later lose more than few that were fitted, and a warning says so', async () => {
    const random = Random.fromSeed(8);
    const normal = (n: number) =>
      matrix(
        Float32Array.from({ length: 8 * n }, () => random.normal()),
        n,
        8,
      );
    const later = normal(600);
    for (const [n, centroids, isTold] of [
      [600, '16', true],
      [624, '16', false],
      [2000, '256', true],
    ] as const) {
      const rows = normal(n);
      const { codes, model, warnings } = await pq(rows, { bytes: 2, centroids });
      expect(warnings).toEqual(
        isTold
          ? [expect.stringMatching(/^[\d,]+ rows are few for (16|256) centroids a part: rows that/)]
          : [],
      );
      const ready = await pq.ready(model);
      const lost = errorOf(rows, await ready.decode(codes));
      expect(errorOf(later, await ready.decode(await ready.encode(later)))).toBeGreaterThan(lost);
    }
  });

  test('constant columns and equal rows cost nothing', async () => {
    const same = matrix(new Float32Array(900 * 3).fill(2), 900, 3);
    const { codes, model, facts } = await pq(same);
    expect((await (await pq.ready(model)).decode(codes)).data).toEqual(same.data);
    expect(facts['squaresLost']).toBe(0);
  });

  test('the seed decides', async () => {
    const [a, b, other] = [
      await pq(points, { bytes: 2, seed: 1 }),
      await pq(points, { bytes: 2, seed: 1 }),
      await pq(points, { bytes: 2, seed: 2 }),
    ];
    expect(a.codes).toEqual(b.codes);
    expect(a.codes).not.toEqual(other.codes);
  });

  test('refuses more bytes than coordinates in a sentence', async () => {
    await expect(pq(points, { bytes: 11 })).rejects.toThrow(
      '"bytes" must be at most 10, a part for each of 10 coordinates',
    );
    await expect(pq(points, { bytes: 6, centroids: '16' })).rejects.toThrow('at most 5, a part');
  });
});
