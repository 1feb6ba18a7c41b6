import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gathered, type Matrix, toFloat32, zeros64, zerosLike } from '../core/matrix.ts';
import { Random } from '../core/random.ts';
import { referenceEngine } from '../engine/reference.ts';
import { projectToTangentsInPlace } from '../families/objectives/index.ts';
import type { BoundObjective, ObjectiveContext } from '../families/objectives/types.ts';
import { fromRows, rotation, turned, uniformRows } from './points.ts';
import { taylorRatios } from './taylor.ts';

/** What is known of the rows besides where they are. */
export type RowFacts = Pick<ObjectiveContext, 'classes' | 'partners'>;

/** The context of a step of seed `seed`, on the reference engine. */
export function contextOf(seed: number, start?: Matrix, facts: RowFacts = {}): ObjectiveContext {
  return { engine: referenceEngine, random: Random.fromSeed(seed), start, ...facts };
}

/** Loss and tangent gradient at the rows of `points`. */
export async function evaluated(
  objective: BoundObjective,
  points: Matrix,
  seed = 0,
  start?: Matrix,
  facts?: RowFacts,
): Promise<{ loss: number; gradient: Matrix }> {
  const gradient = zerosLike(points);
  gradient.data.fill(NaN); // whatever was there must be overwritten
  const loss = await objective.lossAndGradient(points, gradient, contextOf(seed, start, facts));
  projectToTangentsInPlace(points, gradient);
  return { loss, gradient };
}

/** The largest difference between two matrices of one shape. */
export function distanceBetween(a: Matrix, b: Matrix): number {
  let largest = 0;
  for (let i = 0; i < a.data.length; i++) {
    largest = Math.max(largest, Math.abs(a.data[i] - b.data[i]));
  }
  return largest;
}

export interface LawOptions {
  /** False where the loss depends on axes or on fixed random directions. Default true. */
  readonly rotationInvariant?: boolean;
  /**
   * Points and seed for the Taylor check, away from ties; false where the gradient leaves something out on
   * purpose. Default: 6 × 4 of seed 1.
   */
  readonly taylor?: { readonly n: number; readonly d: number; readonly seed: number } | false;
  /** The fewest points it takes. Default 2. */
  readonly fewest?: number;
  /** Whether the objective wants `start`. Default false. */
  readonly needsStart?: boolean;
  /** What the objective wants to know of n rows. Default: nothing. */
  readonly factsOf?: (n: number) => RowFacts;
  /** False where the order of the rows says something, as which view is the first. Default true. */
  readonly orderInvariant?: boolean;
}

/** Rows 2i and 2i + 1 are of class i. */
export const classesOfTwo = (n: number) => ({
  classes: Int32Array.from({ length: n }, (_, i) => Math.floor(i / 2)),
});

/** Rows 2i and 2i + 1 are views of one thing. */
export const partnersOfTwo = (n: number) => ({
  partners: Int32Array.from({ length: n }, (_, i) => ((i ^ 1) < n ? i ^ 1 : -1)),
});

/** The same facts of the rows in another order. */
function reorderedFacts({ classes, partners }: RowFacts, order: Int32Array): RowFacts {
  return {
    classes: classes && order.map((i) => classes[i]),
    partners: partners && order.map((i) => order.indexOf(partners[i])),
  };
}

const shapeOf = (fewest: number) =>
  fc.record({
    n: fc.integer({ min: fewest, max: 9 }),
    d: fc.integer({ min: 2, max: 6 }),
    seed: fc.integer({ min: 0, max: 1e6 }),
  });

/** The laws every objective keeps: registers one test each. */
export function describeObjectiveLaws(objective: BoundObjective, laws: LawOptions = {}): void {
  const startOf = (n: number, d: number) => (laws.needsStart ? uniformRows(n, d, 77) : undefined);
  const factsOf = laws.factsOf ?? (() => ({}));
  const { fewest = 2, orderInvariant = true, taylor = { n: 6, d: 4, seed: 1 } } = laws;
  const shape = shapeOf(fewest);
  const name = `${objective.name} ${JSON.stringify(objective.terms[0]?.options ?? {})}`;

  describe(`laws of ${name}`, () => {
    test.runIf(orderInvariant)(
      'permuting the points permutes the gradient and keeps the loss',
      async () => {
        await fc.assert(
          fc.asyncProperty(shape, async ({ n, d, seed }) => {
            const points = uniformRows(n, d, seed);
            fc.pre(wellApart(points));
            const start = startOf(n, d);
            const order = Random.fromSeed(seed).fork('order').sample(n);
            const facts = factsOf(n);
            const before = await evaluated(objective, points, seed, start, facts);
            const moved = start && gathered(start, order);
            const known = reorderedFacts(facts, order);
            const after = await evaluated(objective, gathered(points, order), seed, moved, known);
            expectClose(after.loss, before.loss, 1e-11);
            const expected = gathered(before.gradient, order);
            expect(distanceBetween(after.gradient, expected)).toBeLessThan(
              1e-9 * scaleOf(expected),
            );
          }),
          { numRuns: 30 },
        );
      },
    );

    if (laws.rotationInvariant !== false) {
      test('turning the sphere turns the gradient and keeps the loss', async () => {
        await fc.assert(
          fc.asyncProperty(shape, async ({ n, d, seed }) => {
            const points = uniformRows(n, d, seed);
            fc.pre(wellApart(points));
            const start = startOf(n, d);
            const q = rotation(d, seed + 1);
            const facts = factsOf(n);
            const before = await evaluated(objective, points, seed, start, facts);
            const moved = start && turned(start, q);
            const after = await evaluated(objective, turned(points, q), seed, moved, facts);
            expectClose(after.loss, before.loss, 1e-10);
            const expected = turned(before.gradient, q);
            expect(distanceBetween(after.gradient, expected)).toBeLessThan(
              1e-8 * scaleOf(expected),
            );
          }),
          { numRuns: 30 },
        );
      });
    }

    if (taylor) {
      test('halving a step quarters the Taylor remainder', async () => {
        const { n, d, seed } = taylor;
        const start = startOf(n, d);
        const ratios = await taylorRatios(
          (x, g) => objective.lossAndGradient(x, g, contextOf(seed, start, factsOf(n))),
          uniformRows(n, d, seed),
          uniformRows(n, d, seed + 1),
        );
        for (const ratio of ratios) expect(ratio).toBeCloseTo(4, 0);
      });
    }

    test('is finite at duplicates, at antipodes and in one dimension', async () => {
      const e = (...row: number[]) => row;
      const places = {
        duplicates: fromRows([e(0, 1, 0), e(0, 1, 0), e(0, 1, 0), e(1, 0, 0)]),
        antipodes: fromRows([e(0, 1, 0), e(0, -1, 0), e(1, 0, 0), e(-1, 0, 0)]),
      };
      for (const [place, wide] of Object.entries(places)) {
        for (const points of [wide, toFloat32(wide)]) {
          const start = laws.needsStart ? turned(points, rotation(3, 1)) : undefined;
          const { loss, gradient } = await evaluated(objective, points, 3, start, factsOf(4));
          expect(Number.isFinite(loss), place).toBe(true);
          expect(gradient.data.every(Number.isFinite), place).toBe(true);
        }
      }
    });

    test('the same seed gives the same bytes, in float32 and in float64', async () => {
      for (const points of [uniformRows(8, 3, 5), toFloat32(uniformRows(8, 3, 5))]) {
        const start = laws.needsStart ? uniformRows(8, 3, 6) : undefined;
        const first = await evaluated(objective, points, 9, start, factsOf(8));
        const second = await evaluated(objective, points, 9, start, factsOf(8));
        expect(second).toEqual(first);
      }
    });

    test('float32 points give the float64 loss within float32 rounding', async () => {
      const narrow = toFloat32(uniformRows(12, 5, 4));
      const wide = { ...zeros64(12, 5), data: Float64Array.from(narrow.data) };
      const start = startOf(12, 5);
      const a = await evaluated(objective, narrow, 2, start, factsOf(12));
      const b = await evaluated(objective, wide, 2, start, factsOf(12));
      expect(Math.abs(a.loss - b.loss)).toBeLessThan(1e-5 * Math.max(1, Math.abs(b.loss)));
      expect(distanceBetween(a.gradient, b.gradient)).toBeLessThan(1e-5 * scaleOf(b.gradient));
    });
  });
}

/**
 * Whether no two rows are nearer than 0.01 rad to one another or to an antipode: turning moves rows
 * by about 1e-16, which singular kernels see divided by the angle.
 */
function wellApart({ data, rows, cols }: Matrix): boolean {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < i; j++) {
      let cosine = 0;
      for (let c = 0; c < cols; c++) cosine += data[i * cols + c] * data[j * cols + c];
      if (Math.abs(cosine) > Math.cos(0.01)) return false;
    }
  }
  return true;
}

/** Equal within `tolerance`, relative above 1. */
function expectClose(got: number, wanted: number, tolerance: number): void {
  expect(Math.abs(got - wanted)).toBeLessThan(tolerance * Math.max(1, Math.abs(wanted)));
}

/** The largest entry, at least 1e-3. */
function scaleOf(m: Matrix): number {
  return Math.max(1e-3, ...Array.from(m.data, Math.abs));
}
