import { expect, test } from 'vitest';
import { matrix } from '../../../../core/matrix.ts';
import { jointTeacher, productsAmong } from './teachers.ts';

const a = matrix(Float32Array.of(3, 4, 0, 2), 2, 2);
const b = matrix(Float32Array.of(1, 0, 0, 0, -5, 0), 2, 3);

test('the cosines of joint teachers are the mean of their cosines, whatever their lengths and widths', () => {
  const joint = jointTeacher('x', [a, b]);
  expect([joint.rows, joint.cols]).toEqual([2, 5]);
  const [self, cosine, back, other] = productsAmong(joint, Int32Array.of(0, 1));
  expect(self).toBeCloseTo(1, 7);
  expect(other).toBeCloseTo(1, 7);
  expect(cosine).toBeCloseTo((0.8 + 0) / 2, 7);
  expect(back).toBe(cosine);
});

test('products are of the rows asked for', () => {
  expect([...productsAmong(a, Int32Array.of(1))]).toEqual([4]);
});
