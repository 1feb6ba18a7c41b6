import { describe, expect, test } from 'vitest';
import { InputError } from '../../core/errors.ts';
import { toFloat32, zerosLike } from '../../core/matrix.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { distanceBetween, evaluated } from '../../testing/objective-laws.ts';
import { fromRows, uniformRows } from '../../testing/points.ts';
import {
  fidelity,
  koleo,
  lloyd,
  requireUnitRows,
  sliced,
  tRegs,
  uniformity,
  weightedSum,
} from './index.ts';

const points = uniformRows(10, 4, 1);

describe('weightedSum', () => {
  test('has the weighted sum of the losses and of the gradients', async () => {
    const start = uniformRows(10, 4, 2);
    const a = await evaluated(uniformity.bind(), points, 0, start);
    const b = await evaluated(fidelity.bind(), points, 0, start);
    const both = weightedSum([
      [uniformity.bind(), 2],
      [fidelity.bind(), 0.3],
    ]);
    const sum = await evaluated(both, points, 0, start);
    expect(sum.loss).toBeCloseTo(2 * a.loss + 0.3 * b.loss, 13);
    const expected = a.gradient.data.map((value, i) => 2 * value + 0.3 * b.gradient.data[i]);
    expect(distanceBetween(sum.gradient, { ...points, data: expected })).toBeLessThan(1e-14);
  });
  test('gives each term a random stream of its own, the same at each call', async () => {
    const twice = weightedSum([
      [lloyd.bind({ samples: 20 }), 1],
      [lloyd.bind({ samples: 20 }), -1],
    ]);
    const first = await evaluated(twice, points, 3);
    expect(first.loss).not.toBe(0);
    expect((await evaluated(twice, points, 3)).loss).toBe(first.loss);
  });
  test('nests: weights multiply, terms are listed flat', () => {
    const inner = weightedSum([
      [koleo.bind(), 2],
      [sliced.bind({ circles: 4 }), 3],
    ]);
    const { terms } = weightedSum([
      [inner, 0.5],
      [fidelity.bind(), 1],
    ]);
    expect(terms.map(({ objective, weight }) => [objective, weight])).toEqual([
      ['koleo', 1],
      ['sliced', 1.5],
      ['fidelity', 1],
    ]);
    expect(terms[1]?.options).toMatchObject({ circles: 4, cap: 10 });
  });
  test('works on batches of changing size', async () => {
    const both = weightedSum([
      [uniformity.bind(), 1],
      [koleo.bind(), 1],
    ]);
    for (const n of [4, 9, 4]) {
      const batch = uniformRows(n, 4, n);
      const alone = await evaluated(uniformity.bind(), batch);
      const other = await evaluated(koleo.bind(), batch);
      expect((await evaluated(both, batch)).loss).toBeCloseTo(alone.loss + other.loss, 13);
    }
  });
});

describe('calling an objective', () => {
  test('gives a tangent gradient in the element type of the points, and names the engine', async () => {
    for (const rows of [points, toFloat32(points)]) {
      const { gradient, engine } = await uniformity(rows, {}, { engine: referenceEngine });
      expect(gradient.data.constructor).toBe(rows.data.constructor);
      expect(engine).toBe('reference');
      for (let i = 0; i < rows.rows; i++) {
        let radial = 0;
        for (let c = 0; c < 4; c++) radial += gradient.data[4 * i + c] * rows.data[4 * i + c];
        expect(Math.abs(radial)).toBeLessThan(1e-7);
      }
    }
  });
  test('refuses rows that are not unit, naming the first: long, zero and NaN', async () => {
    const row = [0, 1];
    for (const bad of [
      [0, 2],
      [0, 0],
      [NaN, 1],
      [Infinity, 0],
    ]) {
      const promise = koleo(fromRows([row, row, bad]));
      await expect(promise).rejects.toThrow(InputError);
      await expect(promise).rejects.toThrow(/koleo: row 2 has length .*; expected unit rows/);
    }
  });
  test('accepts float32 rows with rounded lengths', () => {
    const narrow = toFloat32(uniformRows(100, 300, 1));
    expect(() => requireUnitRows('test', narrow)).not.toThrow();
    expect(() => requireUnitRows('test', zerosLike(narrow))).toThrow(InputError);
  });
});

describe('calling a Euclidean objective', () => {
  test('takes rows of any length, and gives the plain gradient', async () => {
    const long = fromRows([
      [3, 0],
      [0, 4],
    ]);
    const { loss, gradient } = await tRegs(long, { gamma: 1, lambda: 0 });
    expect(loss).toBeCloseTo(-5 / 2, 14);
    const expected = [-0.3, 0.4, 0.3, -0.4];
    gradient.data.forEach((g, e) => {
      expect(g).toBeCloseTo(expected[e], 15);
    });
  });
  test('projects the gradient at unit rows', async () => {
    const { gradient } = await tRegs(points);
    for (let i = 0; i < points.rows; i++) {
      let radial = 0;
      for (let c = 0; c < 4; c++) radial += gradient.data[4 * i + c] * points.data[4 * i + c];
      expect(Math.abs(radial)).toBeLessThan(1e-15);
    }
  });
  test('refuses what is no number, naming the place', async () => {
    const bad = fromRows([
      [1, 2],
      [3, Number.NaN],
    ]);
    await expect(tRegs(bad)).rejects.toThrow(
      't-regs: row 1, column 1 is NaN; expected finite numbers.',
    );
  });
  test('says where its rows may lie', () => {
    expect([koleo.space, tRegs.space]).toEqual(['sphere', 'euclidean']);
  });
});
