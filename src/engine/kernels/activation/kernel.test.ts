import { describe, expect, test } from 'vitest';
import { type Matrix, matrix, toFloat64, zerosLike } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { engineFamilies, expectSameBytes, onEachKind } from '../../../testing/engines.ts';
import { UNIT_F32 } from '../../../testing/tolerances.ts';
import { referenceEngine } from '../../reference.ts';
import { ACTIVATIONS } from './contract.ts';

const families = engineFamilies();
const engines = () => [...families.flat(), referenceEngine];

const SPECIAL = [0, -0, 1e-40, -1e-40, 1e-8, 3, -3, 5.5, -5.5, 12, -12, 50, -50, 1e19, -1e19];

function numbers(count: number): Matrix<Float32Array> {
  const random = Random.fromSeed(count);
  const data = Float32Array.from({ length: count }, (_, e) => SPECIAL[e] ?? 4 * random.normal());
  return matrix(data, 1, count);
}

const rowOf = (...values: number[]) => matrix(Float32Array.from(values), 1, values.length);

describe.each(ACTIVATIONS)('%s', (f) => {
  // The last is long enough to be shared among threads.
  test.each([1, 3, 16, 37, 200_003])('agrees with the reference on %i numbers', async (count) => {
    const x = numbers(count);
    const gradient = matrix(x.data.toReversed(), 1, count);
    const results = await onEachKind(families, async (engine) => {
      const [y, passed] = [zerosLike(x), zerosLike(x)];
      await engine.activate(f, x, y);
      await engine.activationGradient(f, x, gradient, passed);
      return [y.data, passed.data];
    });
    const [y, passed] = [toFloat64(x), toFloat64(x)];
    await referenceEngine.activate(f, toFloat64(x), y);
    await referenceEngine.activationGradient(f, toFloat64(x), toFloat64(gradient), passed);
    // Few roundings, of numbers no larger than max(|x|, 1), and |slope| ≤ 1.13; the bend of gelu's slope
    // multiplies the rounding of x by |x| and less than 4.
    const share = (e: number) => 24 * UNIT_F32 * Math.max(Math.abs(x.data[e]), 1);
    for (const [values, slopes] of results) {
      for (let e = 0; e < count; e++) {
        const scale = Math.max(Math.abs(gradient.data[e]), 1e-30);
        if (!(Math.abs(values[e] - y.data[e]) <= share(e))) expect(values[e]).toBe(y.data[e]);
        if (!(Math.abs(slopes[e] - passed.data[e]) <= 24 * UNIT_F32 * scale))
          expect([x.data[e], slopes[e]]).toEqual([x.data[e], passed.data[e]]);
      }
    }
  });

  test('computes into its own input', async () => {
    const x = numbers(70);
    for (const engine of engines()) {
      const [apart, inPlace] = [zerosLike(x), matrix(x.data.slice(), 1, 70)];
      await engine.activate(f, x, apart);
      await engine.activate(f, inPlace, inPlace);
      expectSameBytes(inPlace, apart);
    }
  });

  test('NaN stays NaN, ∞ stays ∞', async () => {
    for (const engine of engines()) {
      const x = rowOf(NaN, Infinity);
      const [y, passed] = [zerosLike(x), zerosLike(x)];
      await engine.activate(f, x, y);
      await engine.activationGradient(f, x, rowOf(NaN, 2), passed);
      expect([...y.data]).toEqual([NaN, Infinity]);
      expect([...passed.data]).toEqual([NaN, 2]);
    }
  });

  test('the gradient passes as the slope between two values says', async () => {
    const x = matrix(Float64Array.of(-2.5, -0.4, 0.3, 1.7), 1, 4);
    const [passed, above, below] = [0, 0, 0].map(() => zerosLike(x));
    await referenceEngine.activationGradient(
      f,
      x,
      matrix(Float64Array.of(1, 1, 1, 1), 1, 4),
      passed,
    );
    const h = 1e-5;
    await referenceEngine.activate(
      f,
      matrix(
        x.data.map((v) => v + h),
        1,
        4,
      ),
      above,
    );
    await referenceEngine.activate(
      f,
      matrix(
        x.data.map((v) => v - h),
        1,
        4,
      ),
      below,
    );
    // Central differences err by h² and by rounding over h.
    passed.data.forEach((slope, e) => {
      expect(slope).toBeCloseTo((above.data[e] - below.data[e]) / (2 * h), 8);
    });
  });
});

test('relu and gelu at known points', async () => {
  const x = matrix(Float64Array.of(-1, 0, 1), 1, 3);
  const y = zerosLike(x);
  await referenceEngine.activate('relu', x, y);
  expect([...y.data]).toEqual([0, 0, 1]);
  await referenceEngine.activate('gelu', x, y);
  // x/2·(1 + tanh(√(2/π)·1.044715)).
  const one = 0.5 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * 1.044715));
  expect(y.data[2]).toBeCloseTo(one, 15);
  expect(y.data[0]).toBeCloseTo(one - 1, 15);
});

test('refuses an unknown function and an out of another shape', async () => {
  for (const engine of [families[0][0], referenceEngine]) {
    const refused = (f: string, out: Matrix) =>
      expect((async () => engine.activate(f as 'relu', rowOf(1, 2), out))()).rejects;
    await refused('elu', rowOf(0, 0)).toThrow('relu or gelu');
    await refused('relu', rowOf(0)).toThrow('activation: expected out of 1 × 2; got 1 × 1.');
  }
});
