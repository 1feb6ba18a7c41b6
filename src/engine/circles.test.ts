import { describe, expect, it } from 'vitest';
import { type Matrix, matrix, toFloat32 } from '../core/matrix.ts';
import { Random } from '../core/random.ts';
import { engineFamilies, expectSameBytes } from '../testing/engines.ts';
import { uniformRows } from '../testing/points.ts';
import type { Engine } from './engine.ts';
import { referenceEngine } from './reference.ts';

const families = engineFamilies();

const randomUnitRows = (n: number, d: number, seed: number): Matrix<Float32Array> =>
  toFloat32(uniformRows(n, d, seed));

/** Rows on the axes, tiny ones, and the origin. */
const special = matrix(
  Float32Array.of(0, 0, 1, 0, -1, 0, 0, 1, 0, -1, 1e-30, -1e-40, -1, -0, 2, 2, -3, 3, 1e30, 1),
  10,
  2,
);

describe('circleSpacingInPlace', () => {
  it.each([
    ['1 × 2', randomUnitRows(1, 2, 71)],
    ['900 × 2', randomUnitRows(900, 2, 72)],
    ['301 × 26', randomUnitRows(301, 26, 73)],
    ['rows on the axes, tiny and at the origin', special],
  ])('gives the same bytes on every engine for %s', async (_, projections) => {
    const space = async (engine: Engine) => {
      const forces = matrix(projections.data.slice(), projections.rows, projections.cols);
      const loss = await engine.circleSpacingInPlace(forces, 3);
      return [forces.data, Float64Array.of(loss)];
    };
    const wanted = await space(referenceEngine);
    for (const engine of families.flat()) expectSameBytes(await space(engine), wanted);
  });

  it('refuses an odd number of columns', async () => {
    for (const [engine] of [...families, [referenceEngine]]) {
      await expect(
        (async () => engine.circleSpacingInPlace(randomUnitRows(2, 3, 1), 1))(),
      ).rejects.toThrow('circle-spacing: expected two columns for each circle; got 2 × 3.');
    }
  });
});

describe('circleCounts and circleForcesInPlace', () => {
  const random = Random.fromSeed(75);
  const cases = [
    ['1 × 2, one arc', randomUnitRows(1, 2, 71), 1],
    ['2,900 × 2, 1,024 arcs', randomUnitRows(2900, 2, 72), 1024],
    ['1,301 × 38, 100 arcs', randomUnitRows(1301, 38, 73), 100],
    ['rows on the axes, tiny and at the origin', special, 7],
  ] as const;

  it.each(cases)('give the same bytes on every engine for %s', async (_, projections, arcs) => {
    const table = Float64Array.from({ length: projections.cols * arcs }, () => random.normal());
    const both = async (engine: Engine) => {
      const counts = await engine.circleCounts(projections, arcs);
      const forces = matrix(projections.data.slice(), projections.rows, projections.cols);
      const settings = { arcs: table, scale: 0.7, inverseCap: 3 };
      const sum = await engine.circleForcesInPlace(forces, settings);
      return [counts, forces.data, Float64Array.of(sum)];
    };
    const wanted = await both(referenceEngine);
    for (const engine of families.flat()) expectSameBytes(await both(engine), wanted);
  });

  it.each(cases)('add up over parts to the bit for %s', async (_, { data, rows, cols }, arcs) => {
    for (const engine of families.flat()) {
      const whole = await engine.circleCounts(matrix(data, rows, cols), arcs);
      const cut = Math.floor(rows / 3) * cols;
      const parts = [data.subarray(0, cut), data.subarray(cut)];
      const sum = new Float64Array(whole.length);
      for (const part of parts) {
        const own = await engine.circleCounts(matrix(part, part.length / cols, cols), arcs);
        for (const [e, count] of own.entries()) sum[e] += count;
      }
      expectSameBytes([sum], [whole]);
      const all = whole.filter((_count, e) => e % (arcs + 1) < arcs).reduce((a, b) => a + b, 0);
      expect(all).toBe((rows * cols) / 2);
    }
  });

  it('refuse an odd number of columns, no arcs, and a table of another size', async () => {
    const points = randomUnitRows(2, 4, 1);
    for (const [engine] of [...families, [referenceEngine]]) {
      await expect((async () => engine.circleCounts(randomUnitRows(2, 3, 1), 4))()).rejects.toThrow(
        'circle-spacing: expected two columns for each circle; got 2 × 3.',
      );
      await expect((async () => engine.circleCounts(points, 0))()).rejects.toThrow(
        'circle-counts: option "arcs" must be a whole number from 1 to 2²⁰; got 0.',
      );
      const arcs = new Float64Array(6);
      await expect(
        (async () => engine.circleForcesInPlace(points, { arcs, scale: 1, inverseCap: 1 }))(),
      ).rejects.toThrow('circle-forces: expected two numbers for each arc of 2 circles; got 6.');
    }
  });
});
