import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError, ShapeError } from '../core/errors.ts';
import { copied, gathered, type Matrix, matrix, zeros } from '../core/matrix.ts';
import { Random } from '../core/random.ts';
import { unitRows } from '../core/rows.ts';
import { referenceEngine } from '../engine/reference.ts';
import { createSpace, type Metric, type RowFacts } from '../families/metrics/index.ts';
import { type OptionSpecs, resolveOptions } from '../method/options.ts';
import { rotation, turned, uniformRows } from './points.ts';

/** The metric's value on any matrix, by the reference engine; leaves the null out. */
export async function measuredValue<S extends OptionSpecs>(
  metric: Metric<S>,
  points: Matrix,
  facts: RowFacts = {},
): Promise<number> {
  const unit = unitRows('measuredValue', points);
  const all = { raw: points, norms: unit.norms, ...facts };
  const space = createSpace(unit.points, referenceEngine, {}, all);
  const options = resolveOptions(metric.spec.id, metric.spec.options);
  const { value } = await metric.measure(space, options);
  return value;
}

/** Laws that do not hold for every number. */
export interface MetricLaws {
  /** False where the number is about coordinates. Default true. */
  readonly rotation?: boolean;
  /** False where the number is about the rows in their order. Default true. */
  readonly order?: boolean;
  /** False where the number is about the rows before they were scaled. Default true. */
  readonly lengths?: boolean;
  /** False where rows of one number have no such value. Default true. */
  readonly oneDimension?: boolean;
  /** What the metric must know of n rows. */
  readonly facts?: (n: number) => RowFacts;
}

/** What numbers about directions satisfy, and what every metric refuses. */
export function describeMetricLaws<S extends OptionSpecs>(
  metric: Metric<S>,
  {
    rotation: turns = true,
    order: anyOrder = true,
    lengths = true,
    oneDimension = true,
    facts = () => ({}),
  }: MetricLaws = {},
): void {
  const id = metric.spec.id;
  const shape = fc.tuple(
    fc.integer({ min: 12, max: 20 }),
    fc.integer({ min: 2, max: 6 }),
    fc.nat(),
  );

  describe(`${id}: laws`, () => {
    if (turns)
      test('a rotation leaves the value unchanged', async () => {
        await fc.assert(
          fc.asyncProperty(shape, async ([n, d, seed]) => {
            const points = uniformRows(n, d, seed);
            const image = turned(points, rotation(d, seed + 1));
            const turnedValue = await measuredValue(metric, image, facts(n));
            expectSame(turnedValue, await measuredValue(metric, points, facts(n)));
          }),
          { numRuns: 20 },
        );
      });

    if (anyOrder)
      test('the order of the rows does not matter', async () => {
        await fc.assert(
          fc.asyncProperty(shape, async ([n, d, seed]) => {
            const points = uniformRows(n, d, seed);
            const order = Random.fromSeed(seed).sample(n);
            const moved = reordered(facts(n), order);
            const shuffled = await measuredValue(metric, gathered(points, order), moved);
            expectSame(shuffled, await measuredValue(metric, points, facts(n)));
          }),
          { numRuns: 20 },
        );
      });

    if (lengths)
      test('the lengths of the rows do not matter', async () => {
        await fc.assert(
          fc.asyncProperty(shape, async ([n, d, seed]) => {
            const points = uniformRows(n, d, seed);
            const stretched = copied(points);
            for (let i = 0; i < stretched.data.length; i++) {
              stretched.data[i] *= 10 ** ((Math.floor(i / d) % 7) - 3);
            }
            const stretchedValue = await measuredValue(metric, stretched, facts(n));
            expectSame(stretchedValue, await measuredValue(metric, points, facts(n)));
          }),
          { numRuns: 20 },
        );
      });
  });

  describe(`${id}: edges`, () => {
    test('the input is not changed, and the same seed gives the same result', async () => {
      const points = zeros(15, 4);
      points.data.set(uniformRows(15, 4, 3).data.map((x) => 3 * x));
      const before = points.data.slice();
      const run = { engine: referenceEngine, seed: 5, ...facts(15) };
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

    test('duplicates give finite numbers', async () => {
      const twice = gathered(uniformRows(15, 3, 1), [...Array(15).keys(), 0, 0, 4]);
      expect(await measuredValue(metric, twice, facts(18))).toSatisfy(Number.isFinite);
    });

    if (oneDimension)
      test('one dimension gives finite numbers', async () => {
        const line = matrix(new Float64Array([1, -1, 1, 2, -3, 0.5]), 6, 1);
        expect(await measuredValue(metric, line, facts(6))).toSatisfy(Number.isFinite);
      });
  });
}

function reordered({ classes, frequencies, scores }: RowFacts, order: Int32Array): RowFacts {
  return {
    classes: classes && Array.from(order, (i) => classes[i]),
    frequencies: frequencies && Float64Array.from(order, (i) => frequencies[i]),
    scores: scores && Float64Array.from(order, (i) => scores[i]),
  };
}

/** Equal to nine digits or decimals, or both not a number. */
function expectSame(got: number, wanted: number): void {
  const same =
    Object.is(got, wanted) || Math.abs(got - wanted) < 1e-9 * Math.max(1, Math.abs(wanted));
  expect(same, `${got} instead of ${wanted}`).toBe(true);
}
