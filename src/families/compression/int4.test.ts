import { describe, expect, test } from 'vitest';
import { matrix, zeros } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { int4 } from './int4.ts';

const random = Random.fromSeed(5);
const normals = zeros(4000, 3);
for (let e = 0; e < normals.data.length; e++) normals.data[e] = random.normal() * (1 + (e % 3));

/** Mean squared error of column c, over its variance. */
async function error(c: number, levels: 'fitted' | 'even' | 'symmetric'): Promise<number> {
  const { codes, model } = await int4(normals, { levels });
  const { data } = await (await int4.ready(model)).decode(codes);
  let [lost, all] = [0, 0];
  for (let e = c; e < data.length; e += 3) {
    lost += (data[e] - normals.data[e]) ** 2;
    all += normals.data[e] ** 2;
  }
  return lost / all;
}

describe('int4', () => {
  test('the example of its page', async () => {
    const { codes, model } = await int4(matrix(new Float32Array([1, 7, 1, 8, 100, 9]), 3, 2));
    const { data } = await (await int4.ready(model)).decode(codes);
    expect([codes.bytesPerVector, data.join(' ')]).toEqual([1, '1 7 1 8 100 9']);
  });

  test('fitted levels lose 0.0095 of the variance of a normal column (Max 1960), even ones half more', async () => {
    for (const c of [0, 1, 2]) {
      const fitted = await error(c, 'fitted');
      // 4,000 rows: the levels fit them a little better than the law, and the error itself varies by 4 %.
      expect(fitted).toBeGreaterThan(0.0083);
      expect(fitted).toBeLessThan(0.0103);
      expect(await error(c, 'even')).toBeGreaterThan(1.5 * fitted);
      expect(await error(c, 'symmetric')).toBeGreaterThan(1.5 * fitted);
    }
  });

  test('even levels are fifteenths between the ends, and rows beyond become the ends', async () => {
    const { model } = await int4(matrix(new Float32Array([0, 15]), 2, 1), { levels: 'even' });
    const ready = await int4.ready(model);
    const { data } = await ready.decode(await ready.encode([[-3], [6.4], [6.6], [99]]));
    expect([...data]).toEqual([0, 6, 7, 15]);
  });

  test('symmetric levels have ends of one size and no 0', async () => {
    const { model } = await int4(matrix(new Float32Array([-3, 15]), 2, 1), {
      levels: 'symmetric',
    });
    const ready = await int4.ready(model);
    const { data } = await ready.decode(await ready.encode([[-15], [0.5], [-0.5], [15]]));
    expect([...data]).toEqual([-15, 1, -1, 15]);
  });

  test('an odd number of columns ends in half a byte', async () => {
    const { codes, model } = await int4(matrix(new Float32Array([1, 2, 3, 4, 5, 6]), 2, 3));
    expect(codes.bytesPerVector).toBe(2);
    const ready = await int4.ready(model);
    expect([...(await ready.decode(codes)).data]).toEqual([1, 2, 3, 4, 5, 6]);
    const { data } = await ready.products([[1, 10, 100]], codes);
    expect([...data]).toEqual([321, 654]);
  });

  test('constant columns come back to the bit', async () => {
    for (const levels of ['fitted', 'even', 'symmetric'] as const) {
      const { codes, model } = await int4(
        [
          [7, 0.1],
          [7, 0.1],
        ],
        { levels },
      );
      const { data } = await (await int4.ready(model)).decode(codes);
      expect([...data]).toEqual([...new Float32Array([7, 0.1, 7, 0.1])]);
    }
  });
});
