import { describe, expect, test } from 'vitest';
import { gathered, type Matrix, toFloat32 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import {
  describeComparisonLaws,
  independentPair,
  relatedPair,
} from '../../testing/comparison-laws.ts';
import { linearCka } from './linear-cka.ts';

const run = { engine: referenceEngine };

/** Mean over `count` seeds. */
async function meanOf(count: number, valueAt: (seed: number) => Promise<number>): Promise<number> {
  let sum = 0;
  for (let seed = 0; seed < count; seed++) sum += await valueAt(seed);
  return sum / count;
}

describe('linear-cka', () => {
  test('independent rows have 0 on average at n = 32, where the biased form has d/n-like values', async () => {
    const at = (seed: number) => independentPair(32, 10, 10, seed);
    const debiased = await meanOf(60, async (seed) => (await linearCka(at(seed))).value);
    const biased = await meanOf(
      60,
      async (seed) => (await linearCka(at(seed), { estimator: 'biased' })).value,
    );
    // One value has a standard deviation of √(2/(32·29)) = 0.046.
    expect(Math.abs(debiased)).toBeLessThan((4 * 0.0464) / Math.sqrt(60));
    expect(biased).toBeGreaterThan(0.2);
  });

  test('under all permutations of the rows the mean is 0 and the variance 2/(n(n − 3))', async () => {
    const { a, b } = relatedPair(6, 2, 3, 4);
    const values: number[] = [];
    for (const order of permutations(6)) {
      values.push((await linearCka({ a, b: gathered(b, order) }, {}, run)).value);
    }
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    const variance = values.reduce((sum, x) => sum + x * x, 0) / values.length;
    expect(mean).toBeCloseTo(0, 12);
    expect(variance).toBeCloseTo(2 / (6 * 3), 12);
    const { null: expected } = await linearCka({ a, b }, {}, run);
    expect(expected?.value).toBe(0);
  });

  test('the p-value is the share of permutations that reach the value', async () => {
    const { a, b } = relatedPair(40, 4, 4, 9);
    const weak = {
      ...b,
      data: b.data.map((x, i) => x + 2.5 * independentPair(40, 4, 4, 3).b.data[i]),
    };
    const found = await linearCka({ a, b: weak }, {}, run);
    let reached = 0;
    for (let r = 0; r < 400; r++) {
      const permuted = gathered(weak, Random.fromSeed(r).sample(40));
      if ((await linearCka({ a, b: permuted }, {}, run)).value >= found.value) reached++;
    }
    const share = reached / 400;
    expect(Math.abs((found.null?.pValue ?? NaN) - share)).toBeLessThan(0.04);
  });

  test('the biased form says so, and what independent rows have', async () => {
    const { warnings, null: chance } = await linearCka(independentPair(32, 10, 10, 1), {
      estimator: 'biased',
    });
    expect(warnings[0]).toMatch(/^biased: independent rows have 0\.2\d+ here, not 0\.$/);
    expect(chance?.value).toBeGreaterThan(0.2);
  });
});

function* permutations(n: number): Generator<number[]> {
  if (n === 0) return yield [];
  for (const rest of permutations(n - 1)) {
    for (let at = 0; at < n; at++) yield [...rest.slice(0, at), n - 1, ...rest.slice(at)];
  }
}

describeComparisonLaws(linearCka, { ignores: ['rotation', 'scale', 'shift', 'columns'], same: 1 });

test.each([1e30, 1e-25])('float32 rows of lengths about %d have the same value', async (size) => {
  const { a, b } = relatedPair(40, 3, 4, 8);
  const scaled = (m: Matrix) => toFloat32({ ...m, data: m.data.map((x) => x * size) });
  const { value } = await linearCka({ a: toFloat32(a), b: toFloat32(b) });
  const far = await linearCka({ a: scaled(a), b: scaled(b) });
  expect(far.value).toBeCloseTo(value, 4);
});
