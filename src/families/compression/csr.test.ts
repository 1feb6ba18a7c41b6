import { describe, expect, test } from 'vitest';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { csr } from './csr.ts';

/** One of eight axes a row, a little off it. */
function axes(n: number, noise = 0.02): Matrix<Float32Array> {
  const random = Random.fromSeed(1);
  const data = Float32Array.from(
    { length: n * 8 },
    (_, e) => (e % 8 === Math.floor(e / 8) % 8 ? 1 : 0) + noise * random.normal(),
  );
  return matrix(data, n, 8);
}

const points = axes(400);
const SMALL = { latents: 16, k: 1, steps: 300, batch: 64, learningRate: 0.01 } as const;

describe('csr', () => {
  test('the example of its page', async () => {
    const { bytesPerVector, facts } = await csr(points, SMALL);
    expect([bytesPerVector, facts['nonzeros']]).toEqual([3, 1]);
  });

  test('one latent a row says which of eight axes it is, and is near the row', async () => {
    const { codes, model } = await csr(points, SMALL);
    const ready = await csr.ready(model);
    const sparse = ready.sparse?.(codes);
    const latentOf = Array.from({ length: 8 }, (_, i) => sparse?.columns[i]);
    expect(new Set(latentOf).size).toBe(8);
    for (let i = 0; i < 400; i++) expect(sparse?.columns[i]).toBe(latentOf[i % 8]);
    const { data } = await ready.decode(codes);
    let error = 0;
    for (let e = 0; e < data.length; e++) error += (data[e] - points.data[e]) ** 2 / 400;
    // The rows lie at 1 − 1/8 from their mean, squared; noise is 8·0.02² = 0.0032.
    expect(error).toBeLessThan(0.05);
  });

  test.each([
    [16, 'float16', 2 * 3],
    [16, 'int8', 2 * 2],
    [300, 'float16', 2 * 4],
    [300, 'int8', 2 * 3],
  ] as const)(
    '%i latents and %s values: two of them in %i bytes',
    async (latents, value, bytes) => {
      const { codes, model, bytesPerVector } = await csr(points, {
        latents,
        k: 2,
        value,
        steps: 20,
      });
      expect(bytesPerVector).toBe(bytes);
      const sparse = (await csr.ready(model)).sparse?.(codes);
      expect(sparse?.cols).toBe(latents);
      for (let i = 0; i < 400; i++) {
        const own = sparse?.columns.subarray(sparse.offsets[i], sparse.offsets[i + 1]) ?? [];
        expect(own.length).toBeLessThanOrEqual(2);
        expect([...own]).toEqual([...own].sort((a, b) => a - b));
      }
      for (const x of sparse?.values ?? []) expect(x).toBeGreaterThan(0);
    },
  );

  test('the auxiliary loss leaves fewer latents dead', async () => {
    const spread = axes(400, 0.3);
    const own = { ...SMALL, latents: 64, learningRate: 0.02 };
    const [revived, plain] = [
      await csr(spread, own),
      await csr(spread, { ...own, auxiliaryWeight: 0 }),
    ];
    expect(revived.facts['dead']).toBeLessThan(plain.facts['dead']);
  });

  test('the same seed gives the same bytes, another one others', async () => {
    const few = { ...SMALL, steps: 20 };
    const { codes, model } = await csr(points, few);
    const again = await csr(points, few);
    expect(again.codes.bytes).toEqual(codes.bytes);
    expect(again.model.parameters).toEqual(model.parameters);
    expect((await csr(points, { ...few, seed: 2 })).codes.bytes).not.toEqual(codes.bytes);
  });

  test('rows that are all equal, and a single row, come back', async () => {
    for (const n of [1, 5]) {
      const { codes, model, warnings } = await csr(matrix(new Float32Array(n * 3).fill(7), n, 3), {
        k: 1,
        steps: 3,
      });
      expect(warnings).toEqual(['The rows are all equal: every code stands for that row.']);
      const { data } = await (await csr.ready(model)).decode(codes);
      for (const x of data) expect(x).toBeCloseTo(7, 1);
    }
  });

  test('latents that no row uses are told', async () => {
    const { warnings } = await csr(axes(8), { latents: 64, k: 1, steps: 3 });
    expect(warnings).toEqual([
      expect.stringMatching(/^\d+ % of the 64 latents are used by no row; 8 rows can hardly/),
    ]);
  });

  test('more latents kept than there are, and a value beyond float16, are refused', async () => {
    await expect(csr(points, { latents: 4, k: 5 })).rejects.toThrow(
      '"k" must be at most the 4 latents',
    );
    const far = [new Array<number>(8).fill(1e8)];
    const both = [[1e8, 0, 0, 0, 0, 0, 0, 0], ...far];
    const ready = await csr.ready((await csr(points, SMALL)).model);
    await expect(ready.encode(both)).rejects.toThrow('float16 holds up to 65,504');
    const cut = await csr.ready((await csr(points, { ...SMALL, value: 'int8' })).model);
    expect((await cut.encode(both)).bytes.length).toBe(4);
  });
});
