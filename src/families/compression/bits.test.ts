import { describe, expect, test } from 'vitest';
import { matrix, zeros } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { hammingDistances } from '../../structures/retrieval/hamming.ts';
import { describeCodecLaws } from '../../testing/codec-laws.ts';
import { bits } from './bits.ts';

const random = Random.fromSeed(6);
const normals = zeros(3000, 12);
for (let e = 0; e < normals.data.length; e++) normals.data[e] = random.normal();

type Options = NonNullable<Parameters<typeof bits>[1]>;

async function made(options: Options, points = normals) {
  const { codes, model, warnings } = await bits(points, options);
  const ready = await bits.ready(model);
  return { codes, model, warnings, ready, rows: (await ready.decode(codes)).data };
}

/** Squared error over the squared length. */
function lost(rows: Float32Array, points = normals): number {
  let [error, all] = [0, 0];
  points.data.forEach((x, e) => {
    error += (x - rows[e]) ** 2;
    all += x ** 2;
  });
  return error / all;
}

describe('bits', () => {
  test('the example of its page', async () => {
    const { codes, model } = await bits(matrix(new Float32Array([1, 5, 2, 6, 9, 7, 8, 8]), 4, 2));
    const { data } = await (await bits.ready(model)).decode(codes);
    expect([codes.bytesPerVector, data.join(' ')]).toEqual([1, '1.5 5.5 1.5 5.5 8.5 7.5 8.5 7.5']);
  });

  test.each(['zero', 'mean', 'median'] as const)(
    'one bit of a normal coordinate loses 1 − 2/π of its variance (%s)',
    async (thresholds) => {
      const { codes, rows } = await made({ thresholds });
      expect(codes.bytesPerVector).toBe(2);
      // 36,000 numbers: the share varies by 0.004.
      expect(Math.abs(lost(rows) - (1 - 2 / Math.PI))).toBeLessThan(0.012);
    },
  );

  test('two bits of a normal coordinate lose 0.1902 of its variance (Max 1960: three levels)', async () => {
    const { codes, rows } = await made({ bitsPerDim: 2 });
    expect(codes.bytesPerVector).toBe(3);
    expect(Math.abs(lost(rows) - 0.1902)).toBeLessThan(0.008);
    const thirds = await made({ bitsPerDim: 2, thresholds: 'median' });
    expect(lost(thirds.rows)).toBeGreaterThan(lost(rows));
  });

  test('the median has as many rows above as below, whatever the law', async () => {
    const skewed = matrix(
      normals.data.map((x) => Math.exp(2 * x)),
      3000,
      12,
    );
    const { codes } = await made({ thresholds: 'median' }, skewed);
    let above = 0;
    for (let i = 0; i < 3000; i++) above += codes.bytes[2 * i] & 1;
    expect(above).toBe(1500);
  });

  test('bits are the signs, the first column in the lowest bit', async () => {
    const { codes } = await made(
      { thresholds: 'zero' },
      matrix(new Float32Array([1, -1, 1, 1, -1, -1, -1, -1, 1, -1]), 1, 10),
    );
    expect([...codes.bytes]).toEqual([0b00001101, 0b00000001]);
  });

  test('with two bits the Hamming distance counts steps between the three cells', async () => {
    const column = matrix(new Float32Array([-2, 0, 2, 0.1]), 4, 1);
    const { codes } = await made({ bitsPerDim: 2 }, column);
    const rows = { bytes: codes.bytes, rows: 4, width: codes.bytesPerVector };
    const distances = hammingDistances(rows, rows);
    expect([...distances.subarray(0, 4)]).toEqual([0, 1, 2, 1]);
    expect(distances[4 + 3]).toBe(0);
  });

  test('a rotation spreads the variance: one bit then loses less where one column has most', async () => {
    const uneven = matrix(
      normals.data.map((x, e) => (e % 12 === 0 ? 10 * x : x * 2 ** (-e % 12))),
      3000,
      12,
    );
    const plain = lost((await made({}, uneven)).rows, uneven);
    expect(plain).toBeGreaterThan(0.3);
    const itq = lost((await made({ rotation: 'itq' }, uneven)).rows, uneven);
    const turned = lost((await made({ rotation: 'random' }, uneven)).rows, uneven);
    // ITQ brings the rows nearer to corners, of one size; the squared error of a free level is another.
    expect(itq).toBeLessThan(turned);
  });

  test('corners of a turned cube come back after ITQ, and not without', async () => {
    const corners = zeros(200, 4);
    for (let i = 0; i < 200; i++) {
      const signs = Array.from({ length: 4 }, () => (random.uniform() < 0.5 ? -1 : 1));
      // Turned by 30 degrees in two planes.
      const [c, s] = [Math.sqrt(3) / 2, 0.5];
      corners.data.set(
        [
          c * signs[0] - s * signs[1],
          s * signs[0] + c * signs[1],
          c * signs[2] + s * signs[3],
          c * signs[3] - s * signs[2],
        ],
        4 * i,
      );
    }
    expect(lost((await made({ rotation: 'itq' }, corners)).rows, corners)).toBeLessThan(1e-3);
    expect(lost((await made({}, corners)).rows, corners)).toBeGreaterThan(0.05);
  });

  test('says how many bits are the same in all rows', async () => {
    const { warnings, rows } = await made(
      { thresholds: 'zero' },
      matrix(new Float32Array([1, 5, -1, 6]), 2, 2),
    );
    expect(warnings).toEqual([
      '1 of the 2 bits are the same in all rows; take the thresholds median, or another rotation.',
    ]);
    expect([...rows]).toEqual([1, 5.5, -1, 5.5]);
  });

  test('a constant column comes back as it is', async () => {
    const { rows } = await made({}, matrix(new Float32Array([7, 1, 7, 2]), 2, 2));
    expect([...rows]).toEqual([7, 1, 7, 2]);
  });

  test('the same seed gives the same rotation, another seed another', async () => {
    const [one, again, other] = await Promise.all(
      [1, 1, 2].map((seed) => made({ rotation: 'random', seed })),
    );
    expect(again.codes).toEqual(one.codes);
    expect(other.codes).not.toEqual(one.codes);
  });
});

describe.each([
  { rotation: 'itq', bitsPerDim: 2 },
  { rotation: 'random', thresholds: 'median' },
] as const)('bits with %o', (options) => {
  describeCodecLaws(bits, {
    input: matrix(Float64Array.from(normals.data.subarray(0, 480)), 40, 12),
    options,
  });
});
