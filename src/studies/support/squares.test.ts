import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { halved, measuredFactors, squares } from './squares.ts';

test('a square has the place, the size and the brightness that are measured', () => {
  const picture = new Float64Array(256);
  for (let row = 3; row < 7; row++)
    for (let column = 8; column < 12; column++) picture[row * 16 + column] = 0.5;
  const [x, y, size, brightness] = measuredFactors(matrix(picture, 1, 256)).data;
  // Four pixels in a row have the variance 5/4.
  expect([x, y, brightness]).toEqual([9.5, 4.5, 0.5]);
  expect(size).toBeCloseTo(Math.sqrt(2.5), 12);
});

test('drawn squares lie within the picture and vary in all that is measured', () => {
  const drawn = squares(50, Random.fromSeed(1));
  expect(Math.max(...drawn.data)).toBeLessThanOrEqual(1);
  const { data } = measuredFactors(drawn);
  for (let f = 0; f < 4; f++) {
    const values = Array.from({ length: 50 }, (_, i) => data[4 * i + f]);
    expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(0.3);
  }
});

test('a halved picture has the means of four pixels', () => {
  const picture = matrix(
    Float32Array.from({ length: 16 }, (_, e) => e),
    1,
    16,
  );
  expect(Array.from(halved(picture).data)).toEqual([2.5, 4.5, 10.5, 12.5]);
});
