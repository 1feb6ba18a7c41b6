import { describe, expect, test } from 'vitest';
import { type Matrix, matrix, toFloat64 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { dictionary } from './dictionary.ts';

/** Rows with one of eight axes in it, each times 1 to 2. */
function axes(n: number, noise = 0.02): Matrix<Float32Array> {
  const random = Random.fromSeed(1);
  const data = new Float32Array(n * 8);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < 8; c++) data[i * 8 + c] = noise * random.normal();
    data[i * 8 + (i % 8)] += 1 + random.uniform();
  }
  return matrix(data, n, 8);
}

const points = axes(400);
const labels = Array.from({ length: 400 }, (_, i) => `axis ${i % 8}`);
const small = { features: 16, k: 1, steps: 300, batch: 64 } as const;

describe('dictionary', () => {
  test.each(['top-k', 'l1'] as const)(
    'axes of planted rows are found with %s',
    async (sparsity) => {
      const { basis, names } = (
        await dictionary({ points, labels }, { ...small, sparsity, steps: 600 })
      ).directions;
      // Each axis less what the rows have on average is the direction of some feature.
      for (let axis = 0; axis < 8; axis++) {
        let best = 0;
        for (let j = 0; j < basis.rows; j++) best = Math.max(best, basis.data[j * 8 + axis]);
        expect(best).toBeGreaterThan(0.85);
      }
      for (const name of names.slice(0, 8)) expect(name).toMatch(/^feature \d+: axis \d/);
    },
  );

  test('facts tell what is explained, by how many features, and how many none uses', async () => {
    const { provenance, basis } = (await dictionary({ points }, small)).directions;
    const { varianceExplained, activeFeatures, dead } = provenance.facts;
    expect(varianceExplained).toBeGreaterThan(0.9);
    expect(activeFeatures).toBeLessThanOrEqual(1);
    expect(dead).toBeCloseTo(1 - basis.rows / 16, 14);
  });

  test('without labels features are named by rows, and float64 rows have the same', async () => {
    const { names } = (await dictionary({ points }, small)).directions;
    expect(names[0]).toMatch(/^feature 1: rows \d+, \d+, \d+$/);
    const wide = await dictionary({ points: toFloat64(points) }, small);
    expect(wide.directions.basis.rows).toBeGreaterThanOrEqual(8);
  });

  test('few rows and constant columns are no hindrance', async () => {
    const one = matrix(Float32Array.of(1, 2, 3, 1, 2, 4), 2, 3);
    const { basis } = (await dictionary({ points: one }, { features: 4, k: 1, steps: 200 }))
      .directions;
    expect(basis.cols).toBe(3);
    expect(Math.abs(basis.data[2])).toBeGreaterThan(0.9);
  });

  test('says what does not fit', async () => {
    await expect(dictionary({ points }, { features: 2, k: 3 })).rejects.toThrow(
      'dictionary: option "k" must be at most the 2 features; got 3.',
    );
    await expect(
      dictionary({ points: matrix(new Float32Array(8), 4, 2) }, { steps: 5, k: 1 }),
    ).rejects.toThrow('dictionary: the rows do not differ, and so have no features.');
    await expect(
      dictionary({ points: matrix(Float32Array.of(1, Number.NaN), 1, 2) }),
    ).rejects.toThrow(/dictionary/);
  });
});
