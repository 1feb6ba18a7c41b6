import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError, ShapeError } from './errors.ts';
import { matrix, zeros64 } from './matrix.ts';
import { rowNorms, unitRows } from './rows.ts';

const f64 = (values: number[], rows: number) =>
  matrix(Float64Array.from(values), rows, values.length / rows);

describe('unitRows', () => {
  test('a 3-4-5 row keeps its direction and gives its length', () => {
    const { points, norms } = unitRows('test', f64([3, 4, 0, 2], 2));
    expect([...points.data]).toEqual([0.6, 0.8, 0, 1]);
    expect([...norms]).toEqual([5, 2]);
  });

  test('the element type is kept and the input is not changed', () => {
    const input = matrix(new Float32Array([3, 4]), 1, 2);
    const { points } = unitRows('test', input);
    expect(points.data).toBeInstanceOf(Float32Array);
    expect([...input.data]).toEqual([3, 4]);
  });

  test('a power of two times a row gives the same bits', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: -100, max: 100, noNaN: true }), { minLength: 3, maxLength: 3 }),
        fc.integer({ min: -20, max: 20 }),
        (row, power) => {
          fc.pre(Math.hypot(...row) > 1e-3);
          const a = unitRows('test', f64(row, 1));
          const b = unitRows(
            'test',
            f64(
              row.map((x) => x * 2 ** power),
              1,
            ),
          );
          expect(b.points.data).toEqual(a.points.data);
        },
      ),
    );
  });

  test('the largest and the smallest numbers neither overflow nor vanish', () => {
    const { points, norms } = unitRows('test', f64([3e300, 4e300, 3e-300, 4e-300], 2));
    expect(points.data[0]).toBeCloseTo(0.6, 15);
    expect(points.data[3]).toBeCloseTo(0.8, 15);
    expect(norms[0] / 5e300).toBeCloseTo(1, 14);
    expect(rowNorms(f64([0, 0], 1))[0]).toBe(0);
  });

  test('zero rows are refused with their numbers', () => {
    expect(() => unitRows('measure', f64([1, 0, 0, 0, 0, 0], 3))).toThrow(
      new InputError(
        'measure',
        '2 rows have length zero and so no direction: 1, 2 (counted from 0). Leave them out; tammes measure --doctor names them and measures the others.',
      ),
    );
  });

  test('NaN and infinity are refused with row and column', () => {
    expect(() => unitRows('measure', f64([1, 0, 1, NaN], 2))).toThrow(
      /1 row has values that are not finite: 1 .*the first is NaN in column 1/,
    );
    expect(() => unitRows('measure', f64([Infinity, 0], 1))).toThrow(/Infinity in column 0/);
  });

  test('a matrix without rows or columns is refused', () => {
    expect(() => unitRows('measure', zeros64(0, 3))).toThrow(ShapeError);
  });
});
