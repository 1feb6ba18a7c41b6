import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { flops } from './flops.ts';

function normals(n: number, d: number) {
  const random = Random.fromSeed(1);
  return matrix(
    Float32Array.from({ length: n * d }, () => random.normal()),
    n,
    d,
  );
}

const points = normals(400, 8);
const SMALL = { latents: 32, k: 8, nonzeros: 4, steps: 300 } as const;

describe('flops', () => {
  test('the example of its page', async () => {
    const { bytesPerVector, facts } = await flops(points, SMALL);
    expect([bytesPerVector, Math.round(facts['nonzeros'])]).toEqual([24, 4]);
  });

  test('as many numbers in more even columns than with L1: a cheaper inverted file', async () => {
    // Columns of unlike variance: some latents have more to say than others.
    const unlike = matrix(
      points.data.map((x, e) => x * 0.6 ** (e % 8)),
      400,
      8,
    );
    const { facts } = await flops(unlike, SMALL);
    const l1 = (await flops(unlike, { ...SMALL, penalty: 'l1' })).facts;
    expect(Math.abs(facts['nonzeros'] - l1['nonzeros'])).toBeLessThan(1);
    expect(facts['flopsRatio']).toBeLessThan(l1['flopsRatio']);
    expect(facts['evenness']).toBeGreaterThan(l1['evenness']);
  });

  test('a code is as long as its row is far from the mean, and twice as far is twice the code', async () => {
    const { model } = await flops(points, { ...SMALL, k: 32 });
    const ready = await flops.ready(model);
    const center = model.parameters.find(({ name }) => name === 'center')?.data as Float32Array;
    const off = [1, -2, 0.5, 3, 0, 1, 1, -1];
    const rows = [1, 2].map((factor) => off.map((x, c) => center[c] + factor * x));
    const sparse = ready.sparse?.(await ready.encode(rows));
    const length = (i: number) =>
      Math.hypot(...(sparse?.values.subarray(sparse.offsets[i], sparse.offsets[i + 1]) ?? []));
    // float16 has eleven binary digits.
    expect(length(1) / length(0)).toBeCloseTo(2, 2);
  });

  test('the share of the rows that had more numbers than are kept is told', async () => {
    const { facts } = await flops(points, { ...SMALL, k: 4, nonzeros: 4 });
    expect(facts['cut']).toBeGreaterThan(0);
    expect(facts['cut']).toBeLessThan(1);
    expect((await flops(points, { ...SMALL, k: 32 })).facts['cut']).toBe(0);
  });

  test('rows that are all equal come back to the bit', async () => {
    const { codes, model, warnings } = await flops(matrix(new Float32Array(9).fill(7), 3, 3), {
      steps: 3,
      k: 2,
    });
    expect(warnings).toEqual(['The rows are all equal: every code stands for that row.']);
    const { data } = await (await flops.ready(model)).decode(codes);
    expect([...data]).toEqual(new Array(9).fill(7));
  });

  test('an aim above what is kept, and more kept than there are, are refused', async () => {
    await expect(flops(points, { latents: 32, k: 4, nonzeros: 5 })).rejects.toThrow(
      '"nonzeros" must be at most k, 4',
    );
    await expect(flops(points, { latents: 8, k: 9 })).rejects.toThrow(
      '"k" must be at most the 8 latents',
    );
  });
});
