import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError, ShapeError } from '../core/errors.ts';
import { copied, gathered, type Matrix, matrix, zeros } from '../core/matrix.ts';
import { Random } from '../core/random.ts';
import { unitRows as scaledRows } from '../core/rows.ts';
import { referenceEngine } from '../engine/reference.ts';
import { type OptionSpecs, resolveOptions } from '../method/options.ts';
import { createSpace, type Metric } from '../metrics/index.ts';
import { rotation, turned, unitRows } from './points.ts';

/** The metric's value on any matrix, by the reference engine; leaves the null out. */
export async function measuredValue<S extends OptionSpecs>(
  metric: Metric<S>,
  points: Matrix,
): Promise<number> {
  const space = createSpace(scaledRows('measuredValue', points).points, referenceEngine);
  const options = resolveOptions(metric.spec.id, metric.spec.options);
  const { value } = await metric.measure(space, options);
  return value;
}

/** What every number about directions satisfies, and what every metric refuses. */
export function describeMetricLaws<S extends OptionSpecs>(metric: Metric<S>): void {
  const id = metric.spec.id;
  const shape = fc.tuple(
    fc.integer({ min: 12, max: 20 }),
    fc.integer({ min: 2, max: 6 }),
    fc.nat(),
  );

  describe(`${id}: laws`, () => {
    test('a rotation leaves the value unchanged', async () => {
      await fc.assert(
        fc.asyncProperty(shape, async ([n, d, seed]) => {
          const points = unitRows(n, d, seed);
          const image = turned(points, rotation(d, seed + 1));
          expect(await measuredValue(metric, image)).toBeCloseTo(
            await measuredValue(metric, points),
            9,
          );
        }),
        { numRuns: 20 },
      );
    });

    test('the order of the rows does not matter', async () => {
      await fc.assert(
        fc.asyncProperty(shape, async ([n, d, seed]) => {
          const points = unitRows(n, d, seed);
          const shuffled = gathered(points, Random.fromSeed(seed).sample(n));
          expect(await measuredValue(metric, shuffled)).toBeCloseTo(
            await measuredValue(metric, points),
            9,
          );
        }),
        { numRuns: 20 },
      );
    });

    test('the lengths of the rows do not matter', async () => {
      await fc.assert(
        fc.asyncProperty(shape, async ([n, d, seed]) => {
          const points = unitRows(n, d, seed);
          const stretched = copied(points);
          for (let i = 0; i < stretched.data.length; i++) {
            stretched.data[i] *= 10 ** ((Math.floor(i / d) % 7) - 3);
          }
          expect(await measuredValue(metric, stretched)).toBeCloseTo(
            await measuredValue(metric, points),
            9,
          );
        }),
        { numRuns: 20 },
      );
    });
  });

  describe(`${id}: edges`, () => {
    test('the input is not changed, and the same seed gives the same result', async () => {
      const points = zeros(15, 4);
      points.data.set(unitRows(15, 4, 3).data.map((x) => 3 * x));
      const before = points.data.slice();
      const run = { engine: referenceEngine, seed: 5 };
      const first = await metric(points, {}, run);
      expect(await metric(points, {}, run)).toEqual(first);
      expect(points.data).toEqual(before);
      expect(first.engine).toBe('reference');
    });

    test('zero rows, NaN and empty matrices are refused', async () => {
      const zeroRow = matrix(new Float64Array([1, 0, 0, 0]), 2, 2);
      await expect(metric(zeroRow)).rejects.toThrow(InputError);
      const notANumber = matrix(new Float64Array([1, NaN, 0, 1]), 2, 2);
      await expect(metric(notANumber)).rejects.toThrow(`${id}: 1 row has values`);
      await expect(metric(zeros(0, 3))).rejects.toThrow(ShapeError);
    });

    test('duplicates and one dimension give finite numbers', async () => {
      const twice = gathered(unitRows(15, 3, 1), [...Array(15).keys(), 0, 0, 4]);
      expect(await measuredValue(metric, twice)).toSatisfy(Number.isFinite);
      const line = matrix(new Float64Array([1, -1, 1, 2, -3, 0.5]), 6, 1);
      expect(await measuredValue(metric, line)).toSatisfy(Number.isFinite);
    });
  });
}
