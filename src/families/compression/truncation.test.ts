import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { uniformPoints } from '../../manifolds/sampling.ts';
import { truncation } from './truncation.ts';

const points = uniformPoints(20, 9, Random.fromSeed(7));

describe('truncation', () => {
  test('the example of its page', async () => {
    const { codes, facts } = await truncation(matrix(new Float32Array([4, 2, 2, 1]), 1, 4), {
      dims: 2,
    });
    expect([codes.bytesPerVector, facts['squaresKept']]).toEqual([8, 0.8]);
  });

  test('keeps the first columns to the bit and takes the others as 0', async () => {
    const { codes, model } = await truncation(points, { dims: 4 });
    const { data } = await (await truncation.ready(model)).decode(codes);
    expect(data).toEqual(points.data.map((x, e) => (e % 9 < 4 ? x : 0)));
  });

  test('of nine columns a fourth, rounded up, are three', async () => {
    const { bytesPerVector, facts } = await truncation(points, { type: 'f2' });
    expect([bytesPerVector, facts['dims']]).toEqual([6, 3]);
  });

  test('has no axes to choose', async () => {
    expect(Object.keys(truncation.spec.options)).toEqual(['type', 'dims', 'seed']);
    await expect(truncation(points, { axes: 'pca' })).rejects.toThrow('one of the options type');
  });
});
