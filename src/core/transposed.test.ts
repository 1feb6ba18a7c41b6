import { expect, test } from 'vitest';
import { matrix, row, toFloat32 } from './matrix.ts';
import { Random } from './random.ts';
import { transposed, transposeInto } from './transposed.ts';

const random = Random.fromSeed(1);
const m = matrix(
  Float64Array.from({ length: 35 * 18 }, () => random.normal()),
  35,
  18,
);

test('columns become rows, twice gives the matrix back, and the type stays', () => {
  const turned = transposed(m);
  expect([turned.rows, turned.cols]).toEqual([18, 35]);
  expect([...row(turned, 17)]).toEqual(Array.from({ length: 35 }, (_, i) => m.data[18 * i + 17]));
  expect(transposed(turned)).toEqual(m);
  expect(transposed(toFloat32(m)).data).toBeInstanceOf(Float32Array);
});

test('a part is transposed into a part, divided', () => {
  const out = new Float64Array(12).fill(9);
  transposeInto(Float64Array.of(2, 4, 0, 6, 8, 0), 2, 2, 3, out, 4, 2);
  expect([...out.subarray(0, 8)]).toEqual([1, 3, 9, 9, 2, 4, 9, 9]);
});
