import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { svd } from './svd.ts';
import { type Box, type Tucker, tuckerOf, tuckerProduct } from './tucker.ts';

const random = Random.fromSeed(6);
const normals = (length: number) => Float64Array.from({ length }, () => random.normal());
const sizeOf = (shape: readonly number[]) => shape.reduce((all, d) => all * d, 1);
const tensor = (shape: readonly number[]): Box => ({ shape, data: normals(sizeOf(shape)) });

/** A core and factors of these ranks, drawn. */
function planted(shape: readonly number[], ranks: readonly number[]): Box {
  const core = { shape: ranks, data: normals(sizeOf(ranks)) };
  const factors = shape.map((d, i) => matrix(normals(d * ranks[i]), d, ranks[i]));
  return { shape, data: tuckerProduct({ core, factors }) };
}

function errorOf({ data }: Box, found: Tucker): number {
  const back = tuckerProduct(found);
  let [error, all] = [0, 0];
  for (let e = 0; e < data.length; e++) {
    error += (back[e] - data[e]) ** 2;
    all += data[e] ** 2;
  }
  return Math.sqrt(error / all);
}

test('a tensor of the ranks asked for is given back', () => {
  const box = planted([8, 5, 5, 6], [3, 2, 2, 3]);
  // Rounding errors of float64, of the order of 1e-16 times the square root of the sizes.
  expect(errorOf(box, tuckerOf(box, [3, 2, 2, 3]))).toBeLessThan(1e-13);
  expect(errorOf(box, tuckerOf(box, [3, 2, 2, 2]))).toBeGreaterThan(0.01);
});

test('full ranks give back any tensor, factors are orthonormal', () => {
  const box = tensor([4, 3, 5]);
  const found = tuckerOf(box, [4, 3, 5]);
  expect(errorOf(box, found)).toBeLessThan(1e-13);
  for (const { data, rows, cols } of found.factors) {
    for (let a = 0; a < cols; a++) {
      for (let b = 0; b < cols; b++) {
        let product = 0;
        for (let i = 0; i < rows; i++) product += data[i * cols + a] * data[i * cols + b];
        expect(product).toBeCloseTo(Number(a === b), 13);
      }
    }
  }
});

test('of a matrix it is the singular value decomposition cut short', () => {
  const box = tensor([7, 5]);
  const { s } = svd(matrix(Float64Array.from(box.data), 7, 5));
  const all = s.reduce((sum, x) => sum + x * x, 0);
  const left = s.slice(2).reduce((sum, x) => sum + x * x, 0);
  expect(errorOf(box, tuckerOf(box, [2, 2]))).toBeCloseTo(Math.sqrt(left / all), 12);
});

test('sweeps lower the error of a tensor that has not these ranks, and what is lost is not kept', () => {
  const box = tensor([6, 5, 4]);
  const errors = [0, 1, 5].map((sweeps) => errorOf(box, tuckerOf(box, [2, 2, 2], { sweeps })));
  expect(errors).toEqual(errors.toSorted((a, b) => b - a));
  expect(errors[2]).toBeLessThan(errors[0]);
  // Orthonormal factors: squared norms of core and error add up to that of the tensor.
  const { core } = tuckerOf(box, [2, 2, 2], { sweeps: 5 });
  const squares = (data: ArrayLike<number>) => Array.from(data).reduce((sum, x) => sum + x * x, 0);
  expect(squares(core.data) / squares(box.data)).toBeCloseTo(1 - errors[2] ** 2, 12);
});

test('an axis longer than all others together has a rank that the tensor fills', () => {
  const box = tensor([9, 2, 2]);
  expect(errorOf(box, tuckerOf(box, [6, 2, 2]))).toBeLessThan(1e-13);
});

test('wrong ranks and numbers are refused in a sentence', () => {
  const box = tensor([3, 2]);
  expect(() => tuckerOf(box, [2])).toThrow('tuckerOf: expected 2 ranks, one an axis; got 1.');
  expect(() => tuckerOf(box, [2, 3])).toThrow(
    'tuckerOf: expected a rank from 1 to 2 for axis 1; got 3.',
  );
  expect(() => tuckerOf({ shape: [3, 2], data: [1] }, [1, 1])).toThrow(
    'tuckerOf: expected 6 numbers for 3 × 2; got 1.',
  );
  expect(() => tuckerOf({ shape: [1, 2], data: [1, NaN] }, [1, 1])).toThrow('number 1 is NaN');
});
