import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { lastLayer } from './last-layer.ts';
import type { Attributed } from './types.ts';

const sizeOf = ({ contributions }: Attributed) =>
  contributions.values.reduce((sum, x) => sum + Math.abs(x), 0);

/** Forty rows of five columns in two classes that overlap, or not. */
function classes(gap: number) {
  const random = Random.fromSeed(1);
  const targets = Float64Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 1 : -1));
  const a = matrix(
    Float64Array.from(
      { length: 200 },
      (_, e) => random.normal() + (e % 5 === 0 ? gap * targets[Math.floor(e / 5)] : 0),
    ),
    40,
    5,
  );
  return { a, targets, b: matrix(a.data.slice(0, 10), 2, 5), query: { b: 1 } };
}

describe('last-layer', () => {
  test('one column, squared loss: θ = mean(ay)/(mean(a²) + λ)', async () => {
    const asked = { a: [[1], [2]], targets: [2, 4], b: [[3]], query: { b: 0 } };
    const { score, contributions } = await lastLayer(asked, { ridge: 0.5 });
    expect(score).toBeCloseTo((3 * 5) / 3, 12);
    // Residuals ⅓ and ⅔, over nλ = 1, times ⟨aᵢ, x⟩.
    [1, 4].forEach((value, i) => {
      expect(contributions.values[i]).toBeCloseTo(value, 12);
    });
  });

  for (const loss of ['squared', 'logistic'] as const) {
    for (const gap of [0.5, 20]) {
      test(`${loss} loss: rows sum to the prediction${gap > 1 ? ' of classes that can be told apart' : ''}`, async () => {
        const result = await lastLayer(classes(gap), { loss, ridge: 1e-3 });
        expect(Math.abs(result.gap)).toBeLessThan(1e-8 * sizeOf(result));
        expect(result.warnings).toEqual([]);
      });
    }
  }

  test('logistic loss: rows of the class asked about are for it, the others against, each by its likeness', async () => {
    const { a, targets } = classes(1);
    const b = matrix(a.data.slice(0, 5), 1, 5);
    const { contributions } = await lastLayer(
      { a, targets, b, query: { b: 0 } },
      { loss: 'logistic' },
    );
    contributions.values.forEach((value, i) => {
      let product = 0;
      for (let c = 0; c < 5; c++) product += a.data[i * 5 + c] * b.data[c];
      expect(Math.sign(value)).toBe(Math.sign(product * targets[i]));
    });
  });

  test('weights that were trained otherwise leave a gap, which is said', async () => {
    const result = await lastLayer({ ...classes(1), weights: [1, 0, 0, 0, 0] });
    expect(Math.abs(result.gap)).toBeGreaterThan(0.01);
    expect(result.warnings[0]).toMatch(/not where its training ends/);
  });

  test('one class, fewer rows than columns, one row', async () => {
    const same = { ...classes(1), targets: new Float64Array(40).fill(1) };
    const all = await lastLayer(same, { loss: 'logistic' });
    expect(Math.abs(all.gap)).toBeLessThan(1e-8 * sizeOf(all));
    const one = { a: [[1, 2, 3]], targets: [1], b: [[1, 0, 0]], query: { b: 0 } };
    const alone = await lastLayer(one, { loss: 'logistic' });
    expect(alone.contributions.values[0]).toBeCloseTo(alone.score, 10);
  });

  test('logistic loss refuses targets that are no classes', async () => {
    await expect(
      lastLayer({ ...classes(1), targets: new Float64Array(40) }, { loss: 'logistic' }),
    ).rejects.toThrow('last-layer: target 0 is 0; logistic loss expects 1 and −1.');
  });
});
