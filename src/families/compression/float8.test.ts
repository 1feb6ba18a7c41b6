import { describe, expect, test } from 'vitest';
import { float8Values } from '../../core/float8.ts';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { uniformPoints } from '../../manifolds/sampling.ts';
import { float8 } from './float8.ts';

const points = uniformPoints(200, 16, Random.fromSeed(3));

describe('float8', () => {
  test('the example of its page', async () => {
    const { codes, model } = await float8(matrix(new Float32Array([0.3, 1000]), 1, 2));
    const { data } = await (await float8.ready(model)).decode(codes);
    expect([codes.bytesPerVector, data.join(' ')]).toEqual([2, '0.3125 448']);
  });

  test.each([
    ['e4m3', 2 ** -4, 2 ** -10],
    ['e5m2', 2 ** -3, 2 ** -17],
  ] as const)(
    '%s moves no number by more than %f of its size, or by %f',
    async (type, share, least) => {
      const { codes, model } = await float8(points, { type });
      const { data } = await (await float8.ready(model)).decode(codes);
      data.forEach((x, e) => {
        const most = Math.max(share * Math.abs(points.data[e]), least);
        expect(Math.abs(x - points.data[e])).toBeLessThanOrEqual(most);
      });
    },
  );

  test('every finite code is its own: the row of all of them comes back', async () => {
    const all = float8Values('e5m2').filter(Number.isFinite);
    const { codes, model, facts, warnings } = await float8(matrix(all, 1, all.length), {
      type: 'e5m2',
    });
    expect((await (await float8.ready(model)).decode(codes)).data).toEqual(all);
    expect([facts, warnings]).toEqual([{ beyond: 0, zeros: 0 }, []]);
  });

  test('says how many numbers were too large or became 0', async () => {
    const { facts, warnings } = await float8([
      [449, 1e-5, 2e-5],
      [-1e9, 1e-6, 0],
    ]);
    expect(facts).toEqual({ beyond: 2, zeros: 3 });
    expect(warnings).toEqual([
      '2 numbers lie beyond ±448, the largest of e4m3, and became it; scale the rows, or take float.',
      '3 of 5 numbers became 0: they are too small for e4m3; scale the rows, or take int8.',
    ]);
  });
});
