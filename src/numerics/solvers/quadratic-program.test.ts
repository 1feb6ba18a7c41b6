import { describe, expect, test } from 'vitest';
import { ShapeError } from '../../core/errors.ts';
import { matrix } from '../../core/matrix.ts';
import { normalMatrix, product } from '../../testing/matrices.ts';
import { quadraticProgram } from './quadratic-program.ts';

const of = (rows: readonly (readonly number[])[]) =>
  matrix(Float64Array.from(rows.flat()), rows.length, rows[0].length);

describe('quadraticProgram', () => {
  test('the nearest point of a box is the point cut to it', () => {
    const point = [2, -3, 0.25];
    const { x, gap } = quadraticProgram({
      quadratic: of([
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ]),
      linear: point.map((p) => -p),
      rows: of([
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
        [-1, 0, 0],
        [0, -1, 0],
        [0, 0, -1],
      ]),
      bounds: new Float64Array(6).fill(1),
    });
    expect(gap).toBeLessThan(1e-8);
    for (const [i, wanted] of [1, -1, 0.25].entries()) expect(x[i]).toBeCloseTo(wanted, 7);
  });

  test('without a quadratic part it is a linear program: the corner of a triangle', () => {
    const { x } = quadraticProgram({
      linear: [-1, -2],
      rows: of([
        [1, 1],
        [-1, 0],
        [0, -1],
      ]),
      bounds: [1, 0, 0],
    });
    expect(x[0]).toBeCloseTo(0, 7);
    expect(x[1]).toBeCloseTo(1, 7);
  });

  test.each([1, 2, 3, 4])('no feasible point nearby is better: random program %i', (seed) => {
    const [k, m] = [4, 30];
    const root = normalMatrix(k, k, seed);
    const quadratic = product(root, root, true);
    const rows = normalMatrix(m, k, seed + 10);
    const bounds = normalMatrix(m, 1, seed + 20).data.map((x) => 0.1 + Math.abs(x));
    const linear = normalMatrix(k, 1, seed + 30).data;
    const { x, violation } = quadraticProgram({ quadratic, linear, rows, bounds });
    const value = (y: Float64Array) => {
      const image = product(quadratic, matrix(y, k, 1)).data;
      return y.reduce((sum, yi, i) => sum + yi * (image[i] / 2 + linear[i]), 0);
    };
    expect(violation).toBeLessThan(1e-8);
    let feasible = 0;
    const directions = normalMatrix(2000, k, seed + 40);
    for (let r = 0; r < 2000; r++) {
      const y = x.map((xi, i) => xi + 0.02 * directions.data[r * k + i]);
      const inside = product(rows, matrix(y, k, 1)).data.every((s, i) => s <= bounds[i]);
      if (!inside) continue;
      feasible++;
      expect(value(y)).toBeGreaterThan(value(x) - 1e-8);
    }
    expect(feasible).toBeGreaterThan(0);
  });

  test('rows and bounds must fit', () => {
    const call = () => quadraticProgram({ linear: [1], rows: of([[1, 2]]), bounds: [1] });
    expect(call).toThrow(ShapeError);
  });
});
