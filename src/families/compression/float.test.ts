import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { uniformPoints } from '../../manifolds/sampling.ts';
import { float } from './float.ts';

const points = uniformPoints(50, 12, Random.fromSeed(7));

describe('float', () => {
  test('the example of its page', async () => {
    const { codes, model } = await float(matrix(new Float32Array([1, 1 / 3]), 1, 2));
    const { data } = await (await float.ready(model)).decode(codes);
    expect([codes.bytesPerVector, data[1]]).toEqual([4, 0.333251953125]);
  });

  test('f4 is float32 itself, and keeps its own memory', async () => {
    const { codes, model } = await float(points, { type: 'f4' });
    expect(codes.bytesPerVector).toBe(48);
    const { data } = await (await float.ready(model)).decode(codes);
    expect(data).toEqual(points.data);
    codes.bytes.fill(0);
    expect(data).toEqual(points.data);
  });

  test.each([
    ['f2', 11],
    ['bf16', 8],
  ] as const)(
    '%s moves no number by more than half of its last of %i digits',
    async (type, digits) => {
      const { codes, model } = await float(points, { type });
      expect(codes.bytesPerVector).toBe(24);
      const { data } = await (await float.ready(model)).decode(codes);
      data.forEach((x, e) => {
        const size = Math.max(Math.abs(points.data[e]), 2 ** -14);
        expect(Math.abs(x - points.data[e])).toBeLessThanOrEqual(size * 2 ** -digits);
      });
    },
  );

  test('codes that begin anywhere in memory are the same codes', async () => {
    for (const type of ['f4', 'f2', 'bf16'] as const) {
      const { codes, model } = await float(points, { type });
      const apart = new Uint8Array(codes.bytes.length + 1);
      apart.set(codes.bytes, 1);
      const ready = await float.ready(model);
      expect(await ready.decode({ ...codes, bytes: apart.subarray(1) })).toEqual(
        await ready.decode(codes),
      );
    }
  });

  test('refuses what would become infinite, and says where and what to take', async () => {
    await expect(float(matrix(new Float32Array([1, 2, 3, 70000]), 2, 2))).rejects.toThrow(
      'float: f2 holds numbers up to 65,504; row 2, coordinate 2 is 70000; take type f4, or scale the rows.',
    );
    const { codes, model } = await float([[70000]], { type: 'bf16' });
    expect((await (await float.ready(model)).decode(codes)).data[0]).toBe(70144);
    await expect(float([[3.4e38]], { type: 'bf16' })).rejects.toThrow('numbers up to 3.38e38');
  });
});
