import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError, ShapeError } from '../core/errors.ts';
import { gathered, type Matrix, matrix, zeros } from '../core/matrix.ts';
import { Random } from '../core/random.ts';
import { referenceEngine } from '../engine/reference.ts';
import type { Comparison, PairInput } from '../families/comparisons/types.ts';
import type { OptionSpecs } from '../method/options.ts';
import { normalMatrix, product } from './matrices.ts';
import { rotation, turned } from './points.ts';

/** What a comparison does not notice when it happens to one of the two spaces. */
export type Ignored = 'rotation' | 'scale' | 'shift' | 'columns' | 'linear';

export interface ComparisonLaws {
  readonly ignores: readonly Ignored[];
  /** The value of a space with itself; left out where chance decides it. */
  readonly same?: number;
  readonly symmetric?: boolean;
  /** Whether the order of the rows, the same in both, decides nothing. */
  readonly anyOrder?: boolean;
}

/** n × dA and n × dB rows with three signals in common. */
export function relatedPair(n: number, dA: number, dB: number, seed: number): PairInput {
  const shared = normalMatrix(n, 3, seed);
  const side = (d: number, offset: number): Matrix<Float64Array> => {
    const seen = product(shared, normalMatrix(3, d, seed + offset));
    const own = normalMatrix(n, d, seed + offset + 1);
    return matrix(
      seen.data.map((x, i) => x + own.data[i]),
      n,
      d,
    );
  };
  return { a: side(dA, 1000), b: side(dB, 2000) };
}

/** n × dA and n × dB independent normal rows. */
export function independentPair(n: number, dA: number, dB: number, seed: number): PairInput {
  return { a: normalMatrix(n, dA, 2 * seed + 1), b: normalMatrix(n, dB, 2 * seed + 2) };
}

function changed(m: Matrix, change: Ignored, seed: number): Matrix {
  switch (change) {
    case 'rotation':
      return turned(m, rotation(m.cols, seed));
    case 'scale':
      return { ...m, data: m.data.map((x) => 2.5 * x) };
    case 'shift':
      return { ...m, data: m.data.map((x, at) => x + (at % m.cols) - 0.7) };
    case 'columns': {
      const order = Random.fromSeed(seed).sample(m.cols);
      const data = m.data.map((_, at) => m.data[at - (at % m.cols) + order[at % m.cols]]);
      return { ...m, data };
    }
    case 'linear': {
      const map = normalMatrix(m.cols, m.cols, seed);
      for (let c = 0; c < m.cols; c++) map.data[c * m.cols + c] += 5;
      return product(m, map);
    }
  }
}

/** What every comparison satisfies, what this one does not notice, and what all refuse. */
export function describeComparisonLaws<S extends OptionSpecs>(
  method: Comparison<S>,
  { ignores, same, symmetric = true, anyOrder = true }: ComparisonLaws,
): void {
  const { id } = method.spec;
  const paired = method.meaning.rows === 'paired';
  const dB = (d: number) => (method.meaning.columns === 'same' ? d : d + 2);
  const run = { engine: referenceEngine };
  const numberOf = async (input: PairInput) => (await method(input, {}, run)).value;
  const shape = fc.tuple(
    fc.integer({ min: 24, max: 40 }),
    fc.integer({ min: 2, max: 4 }),
    fc.nat(9999),
  );
  const holds = (law: (n: number, d: number, seed: number) => Promise<void>, numRuns = 5) =>
    fc.assert(
      fc.asyncProperty(shape, ([n, d, seed]) => law(n, d, seed)),
      { numRuns },
    );

  describe(`${id}: laws`, () => {
    for (const change of ignores) {
      test(`does not notice: ${change}`, async () => {
        await holds(async (n, d, seed) => {
          const { a, b } = relatedPair(n, d, dB(d), seed);
          const value = await numberOf({ a, b: changed(b, change, seed) });
          expect(value).toBeCloseTo(await numberOf({ a, b }), 6);
        });
      });
    }

    if (same !== undefined) {
      test(`a space has ${same} with itself`, async () => {
        await holds(async (n, d, seed) => {
          const a = normalMatrix(n, d, seed);
          expect(await numberOf({ a, b: a })).toBeCloseTo(same, 6);
        });
      });
    }

    if (symmetric) {
      test('A and B may be exchanged', async () => {
        await holds(async (n, d, seed) => {
          const { a, b } = relatedPair(n, d, dB(d), seed);
          expect(await numberOf({ a: b, b: a })).toBeCloseTo(await numberOf({ a, b }), 8);
        });
      });
    }

    if (anyOrder) {
      test('the order of the rows does not matter', async () => {
        await holds(async (n, d, seed) => {
          const { a, b } = relatedPair(n, d, dB(d), seed);
          const order = Random.fromSeed(seed).sample(n);
          const shuffled = { a: gathered(a, order), b: gathered(b, order) };
          expect(await numberOf(shuffled)).toBeCloseTo(await numberOf({ a, b }), 8);
        });
      });
    }

    test('the value lies in its interval', async () => {
      await holds(async (n, d, seed) => {
        const { value, low, high } = await method(relatedPair(n, d, dB(d), seed), {}, run);
        if (low === undefined || high === undefined) return;
        expect(low).toBeLessThanOrEqual(value);
        expect(high).toBeGreaterThanOrEqual(value);
      });
    });
  });

  describe(`${id}: edges`, () => {
    const { a, b } = relatedPair(20, 3, dB(3), 1);

    test('NaN, infinities, no rows and unequal shapes are refused', async () => {
      const bad = { ...b, data: b.data.map((x, i) => (i === 4 ? NaN : x)) };
      await expect(method({ a, b: bad })).rejects.toThrow(InputError);
      await expect(method({ a, b: bad })).rejects.toThrow(`${id}: row `);
      await expect(method({ a: zeros(0, 3), b: zeros(0, dB(3)) })).rejects.toThrow(ShapeError);
      if (paired) {
        const fewer = gathered(b, [0, 1, 2]);
        await expect(method({ a, b: fewer })).rejects.toThrow(`${id}: expected as many rows`);
      }
      if (method.meaning.columns === 'same') {
        const wider = normalMatrix(20, 4, 1);
        await expect(method({ a, b: wider })).rejects.toThrow(`${id}: expected as many columns`);
      }
    });

    test('one row, equal rows and rows of zeros give a number or a warning', async () => {
      const cases: PairInput[] = [
        { a: gathered(a, [0]), b: gathered(b, [0]) },
        { a: gathered(a, [0, 1]), b: gathered(b, [0, 1]) },
        { a: gathered(a, new Int32Array(20)), b },
        { a, b: gathered(b, new Int32Array(20)) },
        { a, b: { ...b, data: new Float64Array(b.data.length) } },
        { a: gathered(a, [0, 1, 2, 0, 1, 2, 0, 1]), b: gathered(b, [3, 3, 3, 4, 4, 4, 5, 5]) },
      ];
      for (const [i, input] of cases.entries()) {
        const { value, warnings } = await method(input, {}, run);
        if (!Number.isFinite(value)) expect(warnings.length, `case ${i}`).toBeGreaterThan(0);
      }
    });

    test('float32 rows on the fast engine agree with float64 on the reference', async () => {
      const narrow = (m: Matrix) => ({ ...m, data: Float32Array.from(m.data) });
      const fast = await method({ a: narrow(a), b: narrow(b) });
      expect(['wasm', 'native']).toContain(fast.engine);
      expect(fast.value).toBeCloseTo(await numberOf({ a, b }), 4);
    });
  });
}
