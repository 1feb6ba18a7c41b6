import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { uniformPoints } from '../../manifolds/sampling.ts';
import { int8 } from './int8.ts';

const points = uniformPoints(200, 16, Random.fromSeed(3));

describe('int8', () => {
  test('the example of its page', async () => {
    const { codes, model } = await int8(matrix(new Float32Array([0, 5, 1, 6, 0.5, 7]), 3, 2));
    const { data } = await (await int8.ready(model)).decode(codes);
    expect([codes.bytesPerVector, data[4].toFixed(3)]).toEqual([2, '0.502']);
  });

  test('moves no number by more than half a step of its column', async () => {
    const { codes, model } = await int8(points);
    const { data } = await (await int8.ready(model)).decode(codes);
    for (let c = 0; c < 16; c++) {
      const column = Array.from({ length: 200 }, (_, i) => points.data[i * 16 + c]);
      const half = (Math.max(...column) - Math.min(...column)) / 255 / 2;
      column.forEach((x, i) => {
        expect(Math.abs(data[i * 16 + c] - x)).toBeLessThan(half + 1e-7);
      });
    }
  });

  test('a constant column comes back to the bit, and a row beyond the range at its ends', async () => {
    const { model } = await int8(matrix(new Float32Array([7, 0, 7, 1]), 2, 2));
    const ready = await int8.ready(model);
    const { data } = await ready.decode(await ready.encode([[9, 4]]));
    expect([...data]).toEqual([7, 1]);
  });

  test('products are those of the decoded rows where columns lie far from 0', async () => {
    const far = matrix(
      points.data.map((x, e) => x / 100 + (e % 16)),
      200,
      16,
    );
    const { codes, model } = await int8(far);
    const ready = await int8.ready(model);
    const { data: rows } = await ready.decode(codes);
    const { data } = await ready.products(matrix(points.data.slice(0, 16), 1, 16), codes);
    for (let i = 0; i < 200; i++) {
      let wanted = 0;
      for (let c = 0; c < 16; c++) wanted += points.data[c] * rows[16 * i + c];
      // Sums of sixteen numbers up to 15, in float32.
      expect(Math.abs(data[i] - wanted)).toBeLessThan(2e-5);
    }
  });

  test('symmetric columns have the step of the larger side', async () => {
    const { model } = await int8(matrix(new Float32Array([-1, 127]), 2, 1), { scale: 'symmetric' });
    const ready = await int8.ready(model);
    // 255 steps from −127 to 127.
    const { data } = await ready.decode(await ready.encode([[-127], [127], [-500]]));
    [-127, 127, -127].forEach((x, i) => {
      expect(data[i]).toBeCloseTo(x, 4);
    });
  });

  test('with fewer coordinates it says what the kept axes and the steps lose', async () => {
    const { codes, model } = await int8(points, { dims: 4 });
    expect(codes.bytesPerVector).toBe(4);
    const all = await (await int8.ready((await int8(points, { dims: 16 })).model)).decode(
      (await int8(points, { dims: 16 })).codes,
    );
    const few = await (await int8.ready(model)).decode(codes);
    const error = (given: ArrayLike<number>) =>
      points.data.reduce((sum, x, e) => sum + (x - given[e]) ** 2, 0) / 200;
    expect(error(all.data)).toBeLessThan(1e-3);
    // Twelve of sixteen coordinates of uniform rows are left out: near three quarters of the squares.
    expect(error(few.data)).toBeGreaterThan(0.5);
    expect(error(few.data)).toBeLessThan(0.75);
  });
});
